package postern.config;

/** How a client comes to TLS. */
public enum ListenerTls {
    /** From the first byte. */
    IMPLICIT,
    /** By asking. */
    STARTTLS,
    /** Either: its first bytes tell, or its silence. */
    AUTODETECT
}

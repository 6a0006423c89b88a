package postern.config;

/** How a client comes to TLS: from the first byte, or by asking. */
public enum ListenerTls {
    IMPLICIT,
    STARTTLS
}

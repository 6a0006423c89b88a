package postern.config;

/** How we come to TLS with an upstream. {@link #NONE} is only for one on this machine. */
public enum UpstreamTls {
    IMPLICIT,
    STARTTLS,
    NONE
}

package postern.config;

/** How we come to TLS with an upstream. {@link #NONE} is only for one on this machine, or in a network that is listed. */
public enum UpstreamTls {
    IMPLICIT,
    STARTTLS,
    NONE
}

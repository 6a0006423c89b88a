package postern.credentials;

/** The doors a client can knock at. */
public enum Protocol {
    IMAP
}

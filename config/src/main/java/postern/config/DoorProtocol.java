package postern.config;

/** What is spoken at a door. */
public enum DoorProtocol {
    IMAP,
    POP3,
    SMTP,
    /** Over TLS: ActiveSync, what else asks with HTTP Basic, and client set-up. */
    HTTP
}

package postern.config;

/** What is spoken at a door. */
public enum DoorProtocol {
    IMAP,
    POP3,
    SMTP
}

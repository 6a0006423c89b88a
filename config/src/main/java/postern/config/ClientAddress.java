package postern.config;

/** How an upstream is told where a client comes from. It has to believe us, and nobody else. */
public enum ClientAddress {
    OFF,
    /** By the PROXY protocol, version 2, ahead of everything else. */
    PROXY_PROTOCOL,
    /** IMAP by ID, POP3 and SMTP by XCLIENT, as Dovecot and Postfix have it. */
    ID_AND_XCLIENT
}

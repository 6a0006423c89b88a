package postern.credentials.grant;

/**
 * What the secret of a grant is. What proves Postern itself, for all mailboxes alike (a client secret,
 * the key of a service account, a master password), is no grant: the operator keeps it in the
 * configuration.
 */
public enum GrantKind {
    /** Buys access tokens. Many providers give another one with each, and forget the one before. */
    REFRESH_TOKEN,

    /** The mailbox's own password, for an upstream that knows no better way. */
    MAILBOX_PASSWORD
}

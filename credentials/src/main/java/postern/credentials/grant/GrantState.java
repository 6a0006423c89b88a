package postern.credentials.grant;

/** How it stands with a grant, as its owner and the help desk are told. */
public enum GrantState {
    /** Given, and not known to have failed since it last worked. */
    WORKING,

    /** The last try failed, and the next may not: the provider was away, or had too much to do. */
    FAILING,

    /** The provider takes it no more, however often we ask: its owner has to give another. */
    NEEDS_CONSENT,

    /** Taken back here. The secret is gone, and the row says why there is none. */
    REVOKED
}

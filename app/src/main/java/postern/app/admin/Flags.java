package postern.app.admin;

/** The options that are not the contract's. */
final class Flags {

    static final String URL = "--url";
    static final String TOKEN_FILE = "--token-file";
    static final String CA_FILE = "--ca-file";
    static final String JSON = "--json";
    static final String LIMIT = "--limit";
    static final String DRY_RUN = "--dry-run";
    static final String YES = "--yes";
    static final String WAIT = "--wait";

    private Flags() {}
}

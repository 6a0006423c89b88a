package postern.proxy.listen;

/** The bounds of what a client may do until it is logged in, by how one goes beyond them. */
public enum Rejection {
    /** A line, or a command with its literals, without an end. */
    TOO_LONG("I cannot read that"),
    /** A literal of more bytes than anybody's name or password. */
    LITERAL("I cannot read that"),
    /** It says more of what it is than anybody needs to know. */
    ID("I cannot read that"),
    /** Logins that were refused. */
    FAILURES("Too many failures"),
    /** A client of another protocol, or a scanner, that we cannot make sense of. */
    MISTAKES("Too many mistakes"),
    /** One that asks and asks, and never logs in. */
    QUESTIONS("Too many questions"),
    /** Not logged in when its time was up, however busily it talked. */
    TOO_SLOW("You took too long"),
    /** The same, and TLS had begun and was not on. */
    TLS_TOO_SLOW("You took too long"),
    /** TLS begins with a message that is none. */
    TLS_HELLO("I cannot read that");

    private final String words;

    Rejection(String words) {
        this.words = words;
    }

    /** For the client, if there is one who hears; its protocol says what stands before and behind them. */
    public String words() {
        return words;
    }
}

package postern.proxy.session;

/**
 * Why we end a connection that did nothing wrong. Fired as a user event into its pipeline: whoever
 * holds the conversation at that moment says goodbye in its own form and closes.
 */
public enum SessionEnd {
    /** The app password that opened it would not open it now: revoked, suspended, for something else. */
    REVOKED("This app password was revoked", Patience.A_MOMENT),
    /** An administrator wants it so. */
    ASKED("An administrator ended this session", Patience.A_MOMENT),
    /** It has not logged in, and somebody else wants its place. */
    DISPLACED("Too many wait to log in. Come again", Patience.NONE),
    /** The process is about to stop. */
    SHUTDOWN("Postern is going down for a moment. Come again", Patience.AS_LONG_AS_IT_TAKES),
    /** The process stops now: what is under way has had its time. */
    LAST_CALL("Postern is going down for a moment. Come again", Patience.NONE);

    /** With what is under way when the end is asked for. */
    public enum Patience {
        NONE,
        A_MOMENT,
        /** Whoever asked for the end will ask again. */
        AS_LONG_AS_IT_TAKES
    }

    private final String words;
    private final Patience patience;

    SessionEnd(String words, Patience patience) {
        this.words = words;
        this.patience = patience;
    }

    public Patience patience() {
        return patience;
    }

    /** For the client; its protocol says what stands before and behind them. */
    public String words() {
        return words;
    }
}

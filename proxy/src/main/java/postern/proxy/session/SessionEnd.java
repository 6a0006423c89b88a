package postern.proxy.session;

/**
 * Why we end a connection that did nothing wrong. Fired as a user event into its pipeline: whoever
 * holds the conversation at that moment says goodbye in its own form and closes.
 */
public enum SessionEnd {
    /** The app password that opened it would not open it now: revoked, suspended, for something else. */
    REVOKED("This app password was revoked"),
    /** An administrator wants it so. */
    ASKED("An administrator ended this session"),
    /** The process is about to stop. */
    SHUTDOWN("Postern is going down for a moment. Come again");

    private final String words;

    SessionEnd(String words) {
        this.words = words;
    }

    /** For the client; its protocol says what stands before and behind them. */
    public String words() {
        return words;
    }
}

package postern.proxy.session;

/**
 * Why we end a connection that did nothing wrong. Fired as a user event into its pipeline: whoever
 * holds the conversation at that moment says goodbye in its own words and closes.
 */
public enum SessionEnd {
    /** The app password that opened it would not open it now: revoked, suspended, for something else. */
    REVOKED,
    /** The process is about to stop. */
    SHUTDOWN
}

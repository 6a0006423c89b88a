package postern.proxy.session;

/**
 * Why we end a connection that did nothing wrong. Fired as a user event into its pipeline: whoever
 * holds the conversation at that moment says goodbye in its own words and closes.
 */
public enum SessionEnd {
    /** The app password that opened it was revoked. */
    REVOKED,
    /** Whether its app password still stands is not known any more. */
    UNCERTAIN,
    /** The process is about to stop. */
    SHUTDOWN
}

package postern.credentials;

/** Asks all nodes to end sessions: who is on the line is known to each node alone. */
public interface SessionEnds {

    /** Whoever listens to changes on this node has heard of it before this returns. */
    void end(SessionChoice which, By by) throws StoreUnavailableException;
}

package postern.credentials.store;

import java.util.List;
import postern.credentials.By;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.SessionChoice;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeWriter.Made;

/**
 * Asks all nodes to end sessions. Nothing is kept of it but its line in the change log, and the event:
 * who is on the line is known to each node alone.
 */
public final class SqlSessionEnds {

    private final ChangeWriter changes;

    public SqlSessionEnds(ChangeWriter changes) {
        this.changes = changes;
    }

    /** Whoever listens to changes on this node has heard of it before this returns. */
    public void end(SessionChoice which, By by) throws StoreUnavailableException {
        changes.make(sql -> Made.of(
                true, new SessionsEnded(which), List.of(changes.audited().sessionsEnded(which, by))));
    }
}

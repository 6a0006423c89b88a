package postern.credentials.store;

import java.util.List;
import postern.credentials.By;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.SessionChoice;
import postern.credentials.SessionEnds;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeWriter.Made;

/** {@link SessionEnds} by the change log: nothing is kept of it but its line there, and the event. */
public final class SqlSessionEnds implements SessionEnds {

    private final ChangeWriter changes;

    public SqlSessionEnds(ChangeWriter changes) {
        this.changes = changes;
    }

    @Override
    public void end(SessionChoice which, By by) throws StoreUnavailableException {
        changes.make(sql -> Made.of(
                true, new SessionsEnded(which), List.of(changes.audited().sessionsEnded(which, by))));
    }
}

package postern.credentials.store;

import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import postern.credentials.Change;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;

/**
 * Makes every change in the same way: what is changed, the event that the audit trail keeps of it and
 * its line in the {@link ChangeLog} are one transaction, the line is the last thing in it, and the
 * listeners of this node have heard of it before the call returns. What is changed by the hundred is
 * written in the same way, all in one go.
 */
public final class ChangeWriter {

    private final Database database;
    private final ChangeFeed feed;
    private final SqlAuditTrail trail;
    private final ChangeLog log;
    private final AuditedChanges audited;

    /**
     * One for all that stands on a database.
     *
     * @param feed of the same database: whoever listens to it hears what is changed here
     * @param trail on the same database
     */
    public ChangeWriter(Database database, ChangeFeed feed, SqlAuditTrail trail, RandomGenerator random) {
        this.database = database;
        this.feed = feed;
        this.trail = trail;
        this.log = feed.log();
        this.audited = new AuditedChanges(random);
    }

    Database database() {
        return database;
    }

    /** The words for what was changed. */
    AuditedChanges audited() {
        return audited;
    }

    /**
     * What came of some statements.
     *
     * @param changes none when nothing was changed
     * @param events also of what was not changed because it must not be
     */
    record Made<T>(T result, List<Change> changes, List<AuditEvent> events) {

        static <T> Made<T> nothing(T result, AuditEvent... events) {
            return new Made<>(result, List.of(), List.of(events));
        }

        static <T> Made<T> of(T result, Change change, AuditEvent event) {
            return of(result, change, List.of(event));
        }

        static <T> Made<T> of(T result, Change change, List<AuditEvent> events) {
            return new Made<>(result, List.of(change), events);
        }
    }

    private record Written<T>(T result, OptionalLong sequence) {}

    <T> T make(HandleCallback<Made<T>, RuntimeException> statements) throws StoreUnavailableException {
        Written<T> written = database.change(sql -> write(sql, statements.withHandle(sql)));
        if (written.sequence().isPresent()) {
            feed.awaitHeard(written.sequence().getAsLong());
        }
        return written.result();
    }

    /** The trail before the log: who takes both their locks takes them in one order. */
    private <T> Written<T> write(Handle sql, Made<T> made) {
        trail.append(sql, made.events());
        return new Written<>(made.result(), log.write(sql, made.changes()));
    }
}

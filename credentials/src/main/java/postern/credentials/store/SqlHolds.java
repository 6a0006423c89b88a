package postern.credentials.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import postern.credentials.By;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Held;
import postern.credentials.HoldStore;
import postern.credentials.SharedHold;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeWriter.Made;

/** {@link HoldStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlHolds implements HoldStore {

    /** Two nodes that write the same wait for each other, and neither for both. */
    private static final Comparator<SharedHold> ORDER = Comparator.comparing(
                    (SharedHold hold) -> hold.held().kind())
            .thenComparing(hold -> hold.held().subject());

    private final Database database;
    private final ChangeWriter changes;

    public SqlHolds(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
    }

    @Override
    public void began(List<SharedHold> holds) throws StoreUnavailableException {
        List<SharedHold> sorted = holds.stream().sorted(ORDER).toList();
        changes.make(sql -> {
            HoldRows.write(sql, sorted);
            return Made.of(sorted.size(), new HoldsBegan(sorted), List.of()); // the lockout tells of each
        });
    }

    @Override
    public List<SharedHold> lasting(Instant now) throws StoreUnavailableException {
        return database.read(sql -> HoldRows.lasting(sql, now));
    }

    @Override
    public boolean clear(Held held, By by) throws StoreUnavailableException {
        return changes.make(sql -> Made.of(
                HoldRows.delete(sql, held) > 0,
                new HoldCleared(held),
                changes.audited().cleared(held, by)));
    }

    @Override
    public int forgetOver(Instant now) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("DELETE FROM holds WHERE held_until <= :now")
                .bind("now", now.toEpochMilli())
                .execute());
    }
}

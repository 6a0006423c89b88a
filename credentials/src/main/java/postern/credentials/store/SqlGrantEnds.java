package postern.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantEnds;
import postern.credentials.store.ChangeWriter.Made;

/** {@link GrantEnds} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlGrantEnds implements GrantEnds {

    private static final String ENDING = " FROM grants WHERE state IN ('WORKING', 'FAILING') AND expires_at <= :then";

    /** Where the provider counts from its own clock, the end of one grant moves a little with each refresh. */
    private static final String UNTOLD = " AND (told_of IS NULL OR expires_at > told_of + :slack)";

    private static final long SLACK = Duration.ofDays(1).toMillis();
    private static final int AT_A_TIME = 100;

    private final ChangeWriter changes;
    private final Database database;

    public SqlGrantEnds(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
    }

    @Override
    public int endingBefore(Instant then) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT count(*)" + ENDING)
                .bind("then", then.toEpochMilli())
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public List<Grant> toTellOf(Instant then, By by) throws StoreUnavailableException {
        List<Grant> mine = new ArrayList<>();
        for (Grant one : untold(then)) {
            if (isMine(one, by)) {
                mine.add(one);
            }
        }
        return mine;
    }

    private List<Grant> untold(Instant then) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT *" + ENDING + UNTOLD + " ORDER BY expires_at LIMIT :most")
                .bind("then", then.toEpochMilli())
                .bind("slack", SLACK)
                .bind("most", AT_A_TIME)
                .map(GrantRow::read)
                .map(GrantRow::grant)
                .list());
    }

    /** Not when another node was faster, nor when it has been used since we looked. */
    private boolean isMine(Grant one, By by) throws StoreUnavailableException {
        return changes.make(sql ->
                mark(sql, one) == 1 ? Made.nothing(true, changes.audited().ending(one, by)) : Made.nothing(false));
    }

    private static int mark(Handle sql, Grant one) {
        return sql.createUpdate("UPDATE grants SET told_of = expires_at WHERE id = :id AND expires_at = :end" + UNTOLD)
                .bind("id", one.id().value())
                .bind("end", one.expiresAt().orElseThrow().toEpochMilli())
                .bind("slack", SLACK)
                .execute();
    }
}

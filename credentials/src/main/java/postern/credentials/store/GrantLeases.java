package postern.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Grant;

/** Who refreshes which grant, and until when he may keep others waiting: two columns of its row. */
final class GrantLeases {

    private final Database database;
    private final InstantSource clock;
    private final Duration length;

    GrantLeases(Database database, InstantSource clock, Duration length) {
        this.database = database;
        this.clock = clock;
        this.length = length;
    }

    /**
     * One statement, so of two that ask at once one gets it, with the secret as it is then.
     *
     * @param by unlike any other: who comes late must not give back what is another's by now
     */
    Optional<GrantRow> take(LoginName owner, String upstream, String by) throws StoreUnavailableException {
        Instant now = clock.instant();
        return database.change(sql -> sql.createQuery("""
                        UPDATE grants SET leased_by = :leased_by, leased_until = :until
                        WHERE owner = :owner AND upstream = :upstream AND sealed_secret IS NOT NULL
                        AND (leased_until IS NULL OR leased_until <= :now) RETURNING *""")
                .bind("leased_by", by)
                .bind("until", now.plus(length).toEpochMilli())
                .bind("owner", owner.value())
                .bind("upstream", upstream)
                .bind("now", now.toEpochMilli())
                .map(GrantRow::read)
                .findOne());
    }

    /**
     * Now, when nobody has it; empty when there is nothing to lease. Asked first, since it needs no lock:
     * two hundred clients who come at once make one writer.
     */
    Optional<Instant> freeFrom(LoginName owner, String upstream) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT coalesce(leased_until, :now) FROM grants
                        WHERE owner = :owner AND upstream = :upstream AND sealed_secret IS NOT NULL""")
                .bind("now", clock.millis())
                .bind("owner", owner.value())
                .bind("upstream", upstream)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    void giveBack(Grant grant, String by) throws StoreUnavailableException {
        database.change(sql -> giveBack(sql, grant, by));
    }

    /** Changes nothing when it has run out and is another's by now. */
    static int giveBack(Handle sql, Grant grant, String by) {
        return sql.createUpdate("""
                        UPDATE grants SET leased_by = NULL, leased_until = NULL
                        WHERE id = :id AND leased_by = :leased_by""")
                .bind("id", grant.id().value())
                .bind("leased_by", by)
                .execute();
    }
}

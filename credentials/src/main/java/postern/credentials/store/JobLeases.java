package postern.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import postern.credentials.StoreUnavailableException;
import postern.credentials.job.JobId;
import postern.credentials.job.JobState;

/** Which node does which job, and until when it may keep others waiting: two columns of its row. */
final class JobLeases {

    /** A step takes less than a second; one that waits for the store, five. Who is silent for so long is dead. */
    static final Duration LENGTH = Duration.ofSeconds(30);

    /** For a node: it has waited, its node is dead, or it is this one's already. */
    private static final String FREE = "kind = '" + JobRows.REVOCATION + "' AND (state = '" + JobState.QUEUED
            + "' OR (state = '" + JobState.RUNNING
            + "' AND (leased_until IS NULL OR leased_until <= :now OR leased_by = :node)))";

    private final Database database;
    private final InstantSource clock;

    JobLeases(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Asked first without a lock: most of the time there is nothing to take. */
    Optional<JobId> take(String node) throws StoreUnavailableException {
        List<String> waiting =
                database.read(sql -> sql.createQuery("SELECT id FROM jobs WHERE " + FREE + " ORDER BY begun_at, id")
                        .bind("now", clock.millis())
                        .bind("node", node)
                        .mapTo(String.class)
                        .list());
        for (String id : waiting) {
            if (database.change(sql -> take(sql, id, node))) {
                return Optional.of(new JobId(id));
            }
        }
        return Optional.empty();
    }

    /** One statement, so of two nodes that want it one gets it. */
    private boolean take(Handle sql, String id, String node) {
        Instant now = clock.instant();
        return sql.createUpdate("UPDATE jobs SET state = :running, started_at = coalesce(started_at, :now),"
                                + " leased_by = :node, leased_until = :until WHERE id = :id AND " + FREE)
                        .bind("running", JobState.RUNNING.toString())
                        .bind("now", now.toEpochMilli())
                        .bind("node", node)
                        .bind("until", now.plus(LENGTH).toEpochMilli())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** From here to the commit nobody else stops it or takes it; false when somebody has. */
    boolean renew(Handle sql, JobId id, String node) {
        return sql.createUpdate("""
                                UPDATE jobs SET leased_until = :until
                                WHERE id = :id AND leased_by = :node AND state = :running""")
                        .bind("until", clock.instant().plus(LENGTH).toEpochMilli())
                        .bind("id", id.value())
                        .bind("node", node)
                        .bind("running", JobState.RUNNING.toString())
                        .execute()
                == 1;
    }

    void giveBack(JobId id, String node) throws StoreUnavailableException {
        database.change(sql ->
                sql.createUpdate("""
                        UPDATE jobs SET leased_by = NULL, leased_until = NULL
                        WHERE id = :id AND leased_by = :node""").bind("id", id.value()).bind("node", node).execute());
    }
}

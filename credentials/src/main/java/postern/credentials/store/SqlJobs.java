package postern.credentials.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.job.Beginning;
import postern.credentials.job.Job;
import postern.credentials.job.JobId;
import postern.credentials.job.JobResult;
import postern.credentials.job.JobState;
import postern.credentials.job.JobStore;
import postern.credentials.job.Preview;
import postern.credentials.job.RevocationFilter;
import postern.credentials.store.ChangeWriter.Made;
import postern.credentials.store.JobRows.Found;

/** {@link JobStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlJobs implements JobStore {

    /** Others who write wait for a step, and a step must not take them long. */
    private static final int STEP = 250;

    private static final int DELETED_AT_ONCE = 5000;

    private final ChangeWriter changes;
    private final Database database;
    private final AuditedChanges audited;
    private final JobLeases leases;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final int step;

    public SqlJobs(ChangeWriter changes, InstantSource clock, RandomGenerator random) {
        this(changes, clock, random, STEP);
    }

    /** @param step so many things are done at once */
    SqlJobs(ChangeWriter changes, InstantSource clock, RandomGenerator random, int step) {
        this.changes = changes;
        this.database = changes.database();
        this.audited = changes.audited();
        this.leases = new JobLeases(database, clock);
        this.clock = clock;
        this.random = random;
        this.step = step;
    }

    @Override
    public Preview preview(RevocationFilter filter) throws StoreUnavailableException {
        return database.read(sql -> new ChosenAppPasswords(filter).count(sql));
    }

    @Override
    public Beginning begin(RevocationFilter filter, int expected, By by) throws StoreUnavailableException {
        if (expected > MOST) {
            return new Beginning.TooMany(MOST);
        }
        JobId id = JobId.draw(random);
        return changes.make(sql -> {
            JobRows.insert(sql, id, filter.criteria(), expected, by);
            ChosenAppPasswords chosen = new ChosenAppPasswords(filter);
            if (chosen.write(sql, id, expected) != expected) {
                JobRows.delete(sql, id);
                return Made.nothing(new Beginning.Otherwise(chosen.count(sql)));
            }
            Job job = JobRows.find(sql, id).orElseThrow().job();
            return Made.nothing(new Beginning.Begun(job), audited.begun(job));
        });
    }

    @Override
    public Optional<Job> find(JobId id) throws StoreUnavailableException {
        return database.read(sql -> JobRows.find(sql, id).map(Found::job));
    }

    @Override
    public List<Job> jobs(Optional<JobId> before, int limit) throws StoreUnavailableException {
        return database.read(sql -> JobRows.before(sql, before, limit));
    }

    @Override
    public List<JobResult> results(JobId id, long after, int limit) throws StoreUnavailableException {
        return database.read(sql -> JobItemRows.after(sql, id, after, limit));
    }

    @Override
    public Optional<Job> cancel(JobId id, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            boolean ended = end(sql, id, JobState.CANCELLED, "", by.at()).execute() == 1;
            Optional<Job> now = JobRows.find(sql, id).map(Found::job);
            return ended ? Made.nothing(now, audited.ended(now.orElseThrow(), by)) : Made.nothing(now);
        });
    }

    @Override
    public Optional<JobId> take(String node) throws StoreUnavailableException {
        return leases.take(node);
    }

    @Override
    public boolean step(JobId id, String node) throws StoreUnavailableException {
        return changes.make(sql -> {
            if (!leases.renew(sql, id, node)) {
                return Made.nothing(false);
            }
            Found found = JobRows.find(sql, id).orElseThrow();
            List<JobResult> next = JobItemRows.after(sql, id, found.place(), step);
            if (next.isEmpty()) {
                return new Made<>(false, List.of(), ended(sql, id, JobState.DONE, node));
            }
            return revoke(sql, found.job(), next);
        });
    }

    private Made<Boolean> revoke(Handle sql, Job job, List<JobResult> next) {
        ManyRevoked revoked = ManyRevoked.of(sql, job.id(), next, audited, asBegun(job));
        JobItemRows.came(sql, job.id(), revoked.places());
        int failed = revoked.places().entrySet().stream()
                .filter(one -> one.getKey().isFailure())
                .mapToInt(one -> one.getValue().size())
                .sum();
        sql.createUpdate("""
                        UPDATE jobs SET place = :place, done = done + :done, failed = failed + :failed
                        WHERE id = :id""")
                .bind("place", next.getLast().place())
                .bind("done", next.size())
                .bind("failed", failed)
                .bind("id", job.id().value())
                .execute();
        return new Made<>(true, revoked.changes(), revoked.events());
    }

    @Override
    public void giveBack(JobId id, String node) throws StoreUnavailableException {
        leases.giveBack(id, node);
    }

    @Override
    public void fail(JobId id, String node) throws StoreUnavailableException {
        var _ = changes.make(sql -> new Made<>(true, List.of(), ended(sql, id, JobState.FAILED, node)));
    }

    /** Tells of it, when it is still this node's. */
    private List<AuditEvent> ended(Handle sql, JobId id, JobState state, String node) {
        int rows = end(sql, id, state, " AND leased_by = :node", clock.instant())
                .bind("node", node)
                .execute();
        if (rows == 0) {
            return List.of();
        }
        Job job = JobRows.find(sql, id).orElseThrow().job();
        return List.of(audited.ended(job, asBegun(job)));
    }

    private By asBegun(Job job) {
        return new By(job.begun().actor(), job.begun().request(), clock.instant());
    }

    private static Update end(Handle sql, JobId id, JobState state, String condition, Instant at) {
        return sql.createUpdate("UPDATE jobs SET state = :state, ended_at = :at, leased_by = NULL, leased_until = NULL"
                        + " WHERE id = :id AND state IN (<before>)" + condition)
                .bind("state", state.toString())
                .bind("at", at.toEpochMilli())
                .bind("id", id.value())
                .bindList(
                        "before",
                        state.before().stream().map(JobState::toString).toList());
    }

    @Override
    public int forgetOver(Instant now) throws StoreUnavailableException {
        List<JobId> old = database.read(sql -> sql
                .createQuery("SELECT id FROM jobs WHERE ended_at <= :before")
                .bind("before", now.minus(KEPT).toEpochMilli())
                .mapTo(String.class)
                .stream()
                .map(JobId::new)
                .toList());
        for (JobId id : old) {
            int deleted = DELETED_AT_ONCE;
            while (deleted == DELETED_AT_ONCE) {
                deleted = database.change(sql -> JobItemRows.deleteSome(sql, id, DELETED_AT_ONCE));
            }
            database.change(sql -> {
                JobRows.delete(sql, id);
                return null;
            });
        }
        return old.size();
    }
}

package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import postern.credentials.Actor;
import postern.credentials.By;
import postern.credentials.job.Criterion;
import postern.credentials.job.Job;
import postern.credentials.job.JobId;
import postern.credentials.job.JobState;
import postern.credentials.job.JobWork;

/** The table {@code jobs}. */
final class JobRows {

    static final String REVOCATION = "revocation";

    private JobRows() {}

    /** @param place of the last item that was tried */
    record Found(Job job, long place) {}

    static void insert(Handle sql, JobId id, List<Criterion> criteria, int total, By by) {
        sql.createUpdate("""
                        INSERT INTO jobs (id, kind, actor_kind, actor_name, actor_strength, request, begun_at, state, total)
                        VALUES (:id, :kind, :actor_kind, :actor_name, :actor_strength, :request, :begun_at, :state, :total)""")
                .bind("id", id.value())
                .bind("kind", REVOCATION)
                .bind("actor_kind", by.actor().kind().toString())
                .bind("actor_name", by.actor().name())
                .bind("actor_strength", by.actor().strength())
                .bind("request", by.request())
                .bind("begun_at", by.at().toEpochMilli())
                .bind("state", JobState.QUEUED.toString())
                .bind("total", total)
                .execute();
        CriterionRows.write(sql, id, criteria);
    }

    static Optional<Found> find(Handle sql, JobId id) {
        return sql.createQuery("SELECT * FROM jobs WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> found(sql, row))
                .findOne();
    }

    static List<Job> before(Handle sql, Optional<JobId> id, int limit) {
        String older = id.isEmpty() ? "" : " AND (begun_at, id) < (SELECT begun_at, id FROM jobs WHERE id = :id)";
        return sql.createQuery("SELECT * FROM jobs WHERE kind = :kind" + older
                        + " ORDER BY begun_at DESC, id DESC LIMIT :limit")
                .bind("kind", REVOCATION)
                .bind("id", id.map(JobId::value))
                .bind("limit", limit)
                .map((row, _) -> found(sql, row).job())
                .list();
    }

    static void delete(Handle sql, JobId id) {
        for (String of : List.of("job_items WHERE job", "job_criteria WHERE job", "jobs WHERE id")) {
            sql.createUpdate("DELETE FROM " + of + " = :id")
                    .bind("id", id.value())
                    .execute();
        }
    }

    private static Found found(Handle sql, ResultSet row) throws SQLException {
        JobId id = new JobId(row.getString("id"));
        Actor actor = new Actor(
                Actor.Kind.valueOf(row.getString("actor_kind").toUpperCase(Locale.ROOT)),
                row.getString("actor_name"),
                Rows.optionalText(row, "actor_strength"));
        Job job = new Job(
                id,
                new JobWork.Revocation(CriterionRows.read(sql, id)),
                new By(actor, Rows.optionalText(row, "request"), Rows.instant(row, "begun_at")),
                JobState.parse(row.getString("state")),
                Rows.optionalInstant(row, "started_at"),
                Rows.optionalInstant(row, "ended_at"),
                row.getInt("total"),
                row.getInt("done"),
                row.getInt("failed"));
        return new Found(job, row.getLong("place"));
    }
}

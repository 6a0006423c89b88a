package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.job.JobId;
import postern.credentials.job.JobOutcome;
import postern.credentials.job.JobResult;
import postern.credentials.store.ChosenAppPasswords.Chosen;
import postern.credentials.store.KeptOfPerson.OfJob;

/** The table {@code job_items}. */
final class JobItemRows {

    private JobItemRows() {}

    /** @param before how many there are already */
    static void insert(Handle sql, JobId job, int before, List<Chosen> chosen) {
        PreparedBatch rows = sql.prepareBatch("INSERT INTO job_items (job, place, owner, app_password, outcome)"
                + " VALUES (:job, :place, :owner, :id, '" + JobOutcome.PENDING + "')");
        int place = before;
        for (Chosen one : chosen) {
            place++;
            rows.bind("job", job.value())
                    .bind("place", place)
                    .bind("owner", one.owner())
                    .bind("id", one.id())
                    .add();
        }
        rows.execute();
    }

    static List<JobResult> after(Handle sql, JobId job, long place, int limit) {
        return sql.createQuery("""
                        SELECT place, owner, app_password, outcome FROM job_items
                        WHERE job = :job AND place > :place ORDER BY place LIMIT :limit""")
                .bind("job", job.value())
                .bind("place", place)
                .bind("limit", limit)
                .map((row, _) -> result(row))
                .list();
    }

    static List<OfJob> of(Handle sql, LoginName owner) {
        return sql.createQuery("SELECT * FROM job_items WHERE owner = :owner ORDER BY job, place")
                .bind("owner", owner.value())
                .map((row, _) -> new OfJob(new JobId(row.getString("job")), result(row)))
                .list();
    }

    private static JobResult result(ResultSet row) throws SQLException {
        return new JobResult(
                row.getLong("place"),
                new LoginName(row.getString("owner")),
                new AppPasswordId(row.getString("app_password")),
                JobOutcome.parse(row.getString("outcome")));
    }

    /** What came of those at these places. */
    static void came(Handle sql, JobId job, Map<JobOutcome, List<Long>> places) {
        places.forEach((outcome, some) -> sql.createUpdate("""
                        UPDATE job_items SET outcome = :outcome WHERE job = :job AND place IN (<places>)""")
                .bind("outcome", outcome.toString())
                .bind("job", job.value())
                .bindList("places", some)
                .execute());
    }

    /** Says how many, which are no more than so many: nobody who writes waits for long. */
    static int deleteSome(Handle sql, JobId job, int most) {
        return sql.createUpdate("""
                        DELETE FROM job_items WHERE job = :job AND place IN (
                            SELECT place FROM job_items WHERE job = :job ORDER BY place LIMIT :most)""").bind("job", job.value()).bind("most", most).execute();
    }
}

package postern.credentials.store;

import java.time.Instant;
import java.util.List;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.grant.Grant;
import postern.credentials.job.JobId;
import postern.credentials.job.JobResult;

/** What is kept of a person and nobody needs but they themselves, when they ask what is. No secret is in it. */
public final class KeptOfPerson {

    private final Database database;

    public KeptOfPerson(ChangeWriter changes) {
        this.database = changes.database();
    }

    /** One that is remembered for a while, so that a device which still uses it is known. */
    public record Revoked(AppPasswordId id, String name, Instant createdAt, Instant revokedAt) {}

    public List<Revoked> revoked(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT id, name, created_at, revoked_at FROM app_passwords
                        WHERE owner = :owner AND revoked_at IS NOT NULL ORDER BY revoked_at, id""")
                .bind("owner", owner.value())
                .map((row, _) -> new Revoked(
                        new AppPasswordId(row.getString("id")),
                        row.getString("name"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "revoked_at")))
                .list());
    }

    /** Which tokens of the admin API they have made. */
    public List<ApiTokenRecord> madeTokens(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT * FROM api_tokens WHERE creator = :name
                        AND creator_kind IN ('PERSON', 'ADMINISTRATOR') ORDER BY created_at, id""")
                .bind("name", owner.value())
                .map(ApiTokenRows::token)
                .list());
    }

    /** That a job was about one of theirs, and what came of it. */
    public record OfJob(JobId job, JobResult result) {}

    public List<OfJob> jobs(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> JobItemRows.of(sql, owner));
    }

    public List<Grant> grants(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> GrantRow.of(sql, owner));
    }
}

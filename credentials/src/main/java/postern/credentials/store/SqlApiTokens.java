package postern.credentials.store;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import postern.credentials.ApiTokenId;
import postern.credentials.By;
import postern.credentials.Change.ApiTokenChanged;
import postern.credentials.Role;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.administration.ApiTokenStore;
import postern.credentials.administration.TokenUse;
import postern.credentials.audit.AuditEvent;
import postern.credentials.store.ChangeWriter.Made;

/** {@link ApiTokenStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlApiTokens implements ApiTokenStore {

    private final ChangeWriter changes;
    private final Database database;

    public SqlApiTokens(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
    }

    @Override
    public Optional<ApiTokenRecord> find(String sha256) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT * FROM api_tokens WHERE sha256 = :sha256")
                .bind("sha256", sha256)
                .map(ApiTokenRows::token)
                .findOne());
    }

    @Override
    public Optional<ApiTokenRecord> get(ApiTokenId id) throws StoreUnavailableException {
        return database.read(sql -> ApiTokenRows.find(sql, id));
    }

    @Override
    public List<ApiTokenRecord> after(Optional<ApiTokenId> last, int limit) throws StoreUnavailableException {
        return database.read(
                sql -> sql.createQuery("SELECT * FROM api_tokens WHERE id > :last ORDER BY id LIMIT :limit")
                        .bind("last", last.map(ApiTokenId::value).orElse(""))
                        .bind("limit", limit)
                        .map(ApiTokenRows::token)
                        .list());
    }

    @Override
    public boolean hadOwner() throws StoreUnavailableException {
        return database.read(
                sql -> sql.createQuery("SELECT 1 FROM api_tokens WHERE role = :role AND scopes IS NULL LIMIT 1")
                        .bind("role", Role.OWNER.name())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    /** No node has anything to forget. */
    @Override
    public void add(ApiTokenRecord made, String sha256, By by) throws StoreUnavailableException {
        changes.make(sql -> {
            ApiTokenRows.insert(sql, made, sha256);
            return Made.nothing(true, changes.audited().created(made, by));
        });
    }

    @Override
    public boolean rotate(ApiTokenRecord before, ApiTokenRecord next, String sha256, By by)
            throws StoreUnavailableException {
        return changes.make(sql -> {
            int rows = sql.createUpdate("""
                            UPDATE api_tokens SET expires_at = :expires_at, rotated_to = :next
                            WHERE id = :id AND revoked_at IS NULL AND rotated_to IS NULL""")
                    .bind("expires_at", before.expiresAt().toEpochMilli())
                    .bind("next", next.id().value())
                    .bind("id", before.id().value())
                    .execute();
            if (rows == 0) {
                return Made.nothing(false);
            }
            ApiTokenRows.insert(sql, next, sha256);
            return Made.of(
                    true, new ApiTokenChanged(before.id()), changes.audited().rotated(before, next, by));
        });
    }

    @Override
    public boolean revoke(ApiTokenId id, Revocation why, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            int rows = sql.createUpdate("UPDATE api_tokens SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL")
                    .bind("at", by.at().toEpochMilli())
                    .bind("id", id.value())
                    .execute();
            return rows == 0 ? Made.nothing(false) : Made.of(true, new ApiTokenChanged(id), event(sql, id, why, by));
        });
    }

    private AuditEvent event(Handle sql, ApiTokenId id, Revocation why, By by) {
        ApiTokenRecord revoked = ApiTokenRows.find(sql, id).orElseThrow();
        return switch (why) {
            case ASKED -> changes.audited().revoked(revoked, by);
            case LEAKED -> changes.audited().leaked(revoked, by);
        };
    }

    @Override
    public void used(Map<ApiTokenId, TokenUse> uses) throws StoreUnavailableException {
        database.change(sql -> {
            PreparedBatch batch = sql.prepareBatch("""
                    UPDATE api_tokens SET used_at = :at, used_from = :from
                    WHERE id = :id AND (used_at IS NULL OR used_at <= :at)""");
            uses.forEach((id, use) -> batch.bind("id", id.value())
                    .bind("at", use.at().toEpochMilli())
                    .bind("from", use.client().map(InetAddress::getHostAddress))
                    .add());
            return batch.execute();
        });
    }

    @Override
    public int forgetClients(Instant before) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate(
                        "UPDATE api_tokens SET used_from = NULL WHERE used_at < :before AND used_from IS NOT NULL")
                .bind("before", before.toEpochMilli())
                .execute());
    }
}

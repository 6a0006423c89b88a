package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.AppPasswordId;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LegacyTlsUse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;

/** The table {@code legacy_tls_uses}. Written behind the login, and nothing is decided by it. */
public final class SqlLegacyTls {

    private static final String NEEDS = """
            SELECT legacy_tls_uses.*, owner, name FROM legacy_tls_uses
            JOIN app_passwords ON app_passwords.id = app_password WHERE revoked_at IS NULL""";

    private final Database database;

    public SqlLegacyTls(Database database) {
        this.database = database;
    }

    /** Of two nodes' reports the later use stays, and both count; one of an app password that is gone is dropped. */
    public void used(Map<AppPasswordId, LegacyTlsUse> uses) throws StoreUnavailableException {
        database.change(sql -> {
            PreparedBatch batch = sql.prepareBatch("""
                    INSERT INTO legacy_tls_uses (app_password, used_at, listener, protocol, version, device, times)
                    SELECT id, :used_at, :listener, :protocol, :version, :device, 0 FROM app_passwords WHERE id = :id
                    ON CONFLICT (app_password) DO UPDATE SET used_at = excluded.used_at, listener = excluded.listener,
                    protocol = excluded.protocol, version = excluded.version, device = excluded.device
                    WHERE legacy_tls_uses.used_at <= excluded.used_at""");
            uses.forEach((id, use) -> batch.bind("id", id.value())
                    .bind("used_at", use.at().toEpochMilli())
                    .bind("listener", use.listener())
                    .bind("protocol", use.protocol().toString())
                    .bind("version", use.version())
                    .bind("device", use.device())
                    .add());
            batch.execute();
            PreparedBatch counts =
                    sql.prepareBatch("UPDATE legacy_tls_uses SET times = times + 1 WHERE app_password = :id");
            uses.keySet().forEach(id -> counts.bind("id", id.value()).add());
            return counts.execute();
        });
    }

    /** Everybody's. */
    public List<LegacyTlsNeed> needs() throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery(NEEDS + " ORDER BY owner, used_at")
                .map(SqlLegacyTls::need)
                .list());
    }

    public List<LegacyTlsNeed> needs(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery(NEEDS + " AND owner = :owner ORDER BY used_at")
                .bind("owner", owner.value())
                .map(SqlLegacyTls::need)
                .list());
    }

    /** Of everybody's. */
    static List<LegacyTlsNeed> page(Handle sql, String after, int limit) {
        return sql.createQuery(NEEDS + " AND app_password > :after ORDER BY app_password LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(SqlLegacyTls::need)
                .list();
    }

    private static LegacyTlsNeed need(ResultSet row, StatementContext context) throws SQLException {
        return new LegacyTlsNeed(
                new LoginName(row.getString("owner")),
                new AppPasswordId(row.getString("app_password")),
                row.getString("name"),
                new LegacyTlsUse(
                        Rows.instant(row, "used_at"),
                        row.getString("listener"),
                        Protocol.parse(row.getString("protocol")),
                        row.getString("version"),
                        Rows.optionalText(row, "device")),
                row.getLong("times"));
    }
}

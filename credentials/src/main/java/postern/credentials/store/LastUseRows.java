package postern.credentials.store;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import postern.credentials.AppPasswordId;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;

/** The table {@code last_uses}. */
final class LastUseRows {

    /** What stands where the address of a client stood. */
    private static final String GONE = "";

    private LastUseRows() {}

    static Map<AppPasswordId, LastUse> of(Handle sql, LoginName owner) {
        Map<AppPasswordId, LastUse> uses = new HashMap<>();
        sql.createQuery("""
                        SELECT last_uses.* FROM last_uses JOIN app_passwords ON app_passwords.id = app_password
                        WHERE owner = :owner AND revoked_at IS NULL""")
                .bind("owner", owner.value())
                .map((row, _) -> uses.put(new AppPasswordId(row.getString("app_password")), use(row)))
                .list();
        return uses;
    }

    /** Of two nodes' reports the later use stays; one of an app password that is gone is dropped. */
    static void write(Handle sql, Map<AppPasswordId, LastUse> uses) {
        PreparedBatch batch = sql.prepareBatch("""
                INSERT INTO last_uses (app_password, used_at, protocol, client, device)
                SELECT id, :used_at, :protocol, :client, :device FROM app_passwords WHERE id = :id
                ON CONFLICT (app_password) DO UPDATE SET used_at = excluded.used_at, protocol = excluded.protocol,
                client = excluded.client, device = excluded.device WHERE last_uses.used_at <= excluded.used_at""");
        uses.forEach((id, use) -> batch.bind("id", id.value())
                .bind("used_at", use.at().toEpochMilli())
                .bind("protocol", use.protocol().toString())
                .bind("client", use.client().map(InetAddress::getHostAddress).orElse(GONE))
                .bind("device", use.device())
                .add());
        batch.execute();
    }

    /** The time and the protocol stay: whether it is unused is asked of them. */
    static int removeAddresses(Handle sql, Instant before) {
        return sql.createUpdate("""
                        UPDATE last_uses SET client = :gone, device = NULL
                        WHERE used_at < :before AND client <> :gone""")
                .bind("gone", GONE)
                .bind("before", before.toEpochMilli())
                .execute();
    }

    static LastUse use(ResultSet row) throws SQLException {
        return new LastUse(
                Rows.instant(row, "used_at"),
                Protocol.parse(row.getString("protocol")),
                Optional.of(row.getString("client"))
                        .filter(text -> !text.isEmpty())
                        .map(InetAddress::ofLiteral),
                Rows.optionalText(row, "device"));
    }
}

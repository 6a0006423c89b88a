package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.DeviceUse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;

/** The table {@code device_uses}. */
final class DeviceUseRows {

    private static final String SEEN = """
            SELECT device_uses.*, owner, name FROM device_uses
            JOIN app_passwords ON app_passwords.id = app_password WHERE revoked_at IS NULL""";

    private static final String IN_ORDER = " ORDER BY owner, app_password, last_at DESC, protocol, device";

    /** In one order on every node, or two of them might wait for each other's rows. */
    private static final Comparator<DeviceUse.Key> ORDER = Comparator.comparing(
                    (DeviceUse.Key key) -> key.appPassword().value())
            .thenComparing(DeviceUse.Key::protocol)
            .thenComparing(DeviceUse.Key::device);

    private DeviceUseRows() {}

    static List<DeviceSeen> all(Handle sql) {
        return sql.createQuery(SEEN + IN_ORDER).map(DeviceUseRows::seen).list();
    }

    static List<DeviceSeen> of(Handle sql, LoginName owner) {
        return sql.createQuery(SEEN + " AND owner = :owner" + IN_ORDER)
                .bind("owner", owner.value())
                .map(DeviceUseRows::seen)
                .list();
    }

    static List<DeviceSeen> of(Handle sql, AppPasswordId used) {
        return sql.createQuery(SEEN + " AND app_password = :id" + IN_ORDER)
                .bind("id", used.value())
                .map(DeviceUseRows::seen)
                .list();
    }

    /**
     * Of two nodes' reports the later use stays; one of an app password that is gone or revoked is dropped. A phone that
     * asks what the server can do does not say what it speaks itself, and speaks what it spoke.
     */
    static void write(Handle sql, Map<DeviceUse.Key, DeviceUse> uses) {
        PreparedBatch batch = sql.prepareBatch("""
                INSERT INTO device_uses (app_password, protocol, device, shown, speaks, first_at, last_at)
                SELECT id, :protocol, :device, :shown, :speaks, :at, :at FROM app_passwords
                WHERE id = :id AND revoked_at IS NULL
                ON CONFLICT (app_password, protocol, device) DO UPDATE SET shown = excluded.shown,
                speaks = coalesce(excluded.speaks, device_uses.speaks), last_at = excluded.last_at
                WHERE device_uses.last_at <= excluded.last_at""");
        uses.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .forEach(entry -> batch.bind("id", entry.getKey().appPassword().value())
                        .bind("protocol", entry.getKey().protocol().toString())
                        .bind("device", entry.getKey().device())
                        .bind("shown", entry.getValue().shown())
                        .bind("speaks", entry.getValue().speaks())
                        .bind("at", entry.getValue().at().toEpochMilli())
                        .add());
        batch.execute();
    }

    /** Leaves each of these app passwords the latest. */
    static void trim(Handle sql, List<AppPasswordId> used, int most) {
        PreparedBatch batch = sql.prepareBatch("""
                DELETE FROM device_uses WHERE app_password = :id AND (protocol, device) NOT IN (
                SELECT protocol, device FROM device_uses WHERE app_password = :id
                ORDER BY last_at DESC, protocol, device LIMIT :most)""");
        used.forEach(one -> batch.bind("id", one.value()).bind("most", most).add());
        batch.execute();
    }

    static DeviceSeen seen(ResultSet row, StatementContext context) throws SQLException {
        return new DeviceSeen(
                new LoginName(row.getString("owner")),
                new AppPasswordId(row.getString("app_password")),
                row.getString("name"),
                Protocol.parse(row.getString("protocol")),
                Rows.instant(row, "first_at"),
                new DeviceUse(Rows.instant(row, "last_at"), row.getString("shown"), Rows.optionalText(row, "speaks")));
    }
}

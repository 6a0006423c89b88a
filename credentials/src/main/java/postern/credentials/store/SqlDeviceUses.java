package postern.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.DeviceUse;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/** Which devices log in with which app password. Written behind the login, and nothing is decided by it. */
public final class SqlDeviceUses {

    /** A device that was away for longer is told of as a new one. */
    static final Duration KEEP = Duration.ofDays(365);

    private final Database database;

    public SqlDeviceUses(Database database) {
        this.database = database;
    }

    /**
     * Adds these, and forgets of each app password those that are unused for longest.
     *
     * @param most that are kept of one
     */
    public void used(Map<DeviceUse.Key, DeviceUse> uses, int most) throws StoreUnavailableException {
        List<AppPasswordId> used = uses.keySet().stream()
                .map(DeviceUse.Key::appPassword)
                .distinct()
                .toList();
        database.change(sql -> {
            DeviceUseRows.write(sql, uses);
            DeviceUseRows.trim(sql, used, most);
            return null;
        });
    }

    /** Everybody's. */
    public List<DeviceSeen> all() throws StoreUnavailableException {
        return database.read(DeviceUseRows::all);
    }

    public List<DeviceSeen> of(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> DeviceUseRows.of(sql, owner));
    }

    public List<DeviceSeen> of(AppPasswordId used) throws StoreUnavailableException {
        return database.read(sql -> DeviceUseRows.of(sql, used));
    }

    /** Those that stay away, and those whose app password is revoked. */
    public int forgetUnused(Instant now) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("DELETE FROM device_uses WHERE last_at < :then")
                        .bind("then", now.minus(KEEP).toEpochMilli())
                        .execute()
                + sql.execute("DELETE FROM device_uses WHERE app_password IN"
                        + " (SELECT id FROM app_passwords WHERE revoked_at IS NOT NULL)"));
    }
}

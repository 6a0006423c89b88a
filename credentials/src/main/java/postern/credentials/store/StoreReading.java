package postern.credentials.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.Policy;
import postern.credentials.SharedHold;
import postern.credentials.StoreUnavailableException;

/**
 * What a command on the host may know of a store, whether a server runs on it or not. It makes no
 * store, changes nothing in one, and brings none up to date.
 */
public final class StoreReading implements AutoCloseable {

    private final Database database;

    private StoreReading(Database database) {
        this.database = database;
    }

    /** One in a file. */
    public static StoreReading ofSqlite(Path file) throws StoreUnavailableException {
        return new StoreReading(SqliteDatabase.existing(file));
    }

    /**
     * One in a server.
     *
     * @param url of JDBC, without a password in it
     * @param password empty when the server asks for none
     */
    public static StoreReading ofPostgres(String url, String user, String password) throws StoreUnavailableException {
        return new StoreReading(PostgresDatabase.existing(url, user, password));
    }

    /** The account that this name leads to. */
    public Optional<AccountSnapshot> account(LoginName typed, Policy configuration) throws StoreUnavailableException {
        return database.read(
                sql -> SqlAccounts.canonical(sql, typed).flatMap(name -> Snapshot.read(sql, name, configuration)));
    }

    public Map<AppPasswordId, LastUse> lastUses(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> LastUseRows.of(sql, owner));
    }

    public List<DeviceSeen> devices(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> DeviceUseRows.of(sql, owner));
    }

    public List<SharedHold> holds(Instant now) throws StoreUnavailableException {
        return database.read(sql -> HoldRows.lasting(sql, now));
    }

    @Override
    public void close() {
        database.close();
    }
}

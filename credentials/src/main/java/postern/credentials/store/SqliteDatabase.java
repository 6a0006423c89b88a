package postern.credentials.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import postern.credentials.StoreUnavailableException;

/**
 * A database in one file. What is committed survives a power cut (WAL, synchronous=FULL), and a
 * writer takes the write lock when its transaction begins, so that two never deadlock half-way.
 */
public final class SqliteDatabase extends Database {

    /** First for a connection, then for the lock: both together are the five seconds. */
    private static final int PATIENCE_MILLIS = 2_400;

    private static final String PRAGMAS = "?journal_mode=WAL&synchronous=FULL&foreign_keys=true"
            + "&transaction_mode=IMMEDIATE&busy_timeout=" + PATIENCE_MILLIS;

    /** SQLITE_OPEN_READWRITE, since readers of a WAL take part in its index; without CREATE. */
    private static final String READING = "?open_mode=2&busy_timeout=" + PATIENCE_MILLIS;

    /** Also the most threads that ever wait for the database in native code. */
    public static final int CONNECTIONS = 8;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final HikariDataSource connections;

    private SqliteDatabase(HikariDataSource connections) {
        super(connections);
        this.connections = connections;
    }

    /** Opens the file, making it, for its own account's eyes only, and its tables when they are not there. */
    public static SqliteDatabase open(Path file) throws StoreUnavailableException {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(file + ": cannot be made: " + e, e);
        }
        return open(file.toString(), CONNECTIONS);
    }

    /** A database that is gone when it is closed. It lives in its only connection. */
    public static SqliteDatabase inMemory() throws StoreUnavailableException {
        return open(":memory:", 1);
    }

    /** The file as it is, only to be read: what is not there is not made, and an older version stays one. */
    static SqliteDatabase existing(Path file) throws StoreUnavailableException {
        if (!Files.isRegularFile(file)) {
            throw new StoreUnavailableException(
                    file + ": is not there (expected: the store of a server that has run)", new IOException());
        }
        HikariConfig config = config("jdbc:sqlite:" + file + READING, 1);
        config.setConnectionInitSql("PRAGMA query_only = true");
        return opened(file.toString(), config, Database::check);
    }

    private static SqliteDatabase open(String where, int connections) throws StoreUnavailableException {
        return opened(where, config("jdbc:sqlite:" + where + PRAGMAS, connections), Database::migrate);
    }

    private static SqliteDatabase opened(String where, HikariConfig config, Consumer<DataSource> tables)
            throws StoreUnavailableException {
        try {
            HikariDataSource pool = new HikariDataSource(config);
            try {
                tables.accept(pool);
            } catch (FlywayException e) {
                pool.close();
                throw e;
            }
            return new SqliteDatabase(pool);
        } catch (PoolInitializationException | FlywayException e) {
            throw notOpened(where, e);
        }
    }

    private static HikariConfig config(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMaxLifetime(0); // the only connection of a database in memory must not be renewed
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setValidationTimeout(PATIENCE_MILLIS); // which it never takes, being no conversation
        return config;
    }

    /** Nothing: a transaction that writes is alone from its beginning. */
    @Override
    String rowLock() {
        return "";
    }

    /** Nothing: there is no other node, and a command line beside the server can wait for the next look. */
    @Override
    void signal(Handle sql) {}

    @Override
    void onSignal(Runnable look) {}

    @Override
    public void close() {
        connections.close();
    }
}

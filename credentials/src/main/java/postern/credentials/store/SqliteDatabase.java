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
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import postern.credentials.StoreUnavailableException;

/**
 * A database in one file. What is committed survives a power cut (WAL, synchronous=FULL), and a
 * writer takes the write lock when its transaction begins, so that two never deadlock half-way.
 */
public final class SqliteDatabase implements AutoCloseable {

    private static final String PRAGMAS =
            "?journal_mode=WAL&synchronous=FULL&foreign_keys=true&busy_timeout=5000&transaction_mode=IMMEDIATE";
    /** Also the most threads that ever wait for the database in native code. */
    public static final int CONNECTIONS = 8;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final HikariDataSource connections;
    private final Jdbi jdbi;

    private SqliteDatabase(HikariDataSource connections) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
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

    private static SqliteDatabase open(String where, int connections) throws StoreUnavailableException {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store");
        pool.setJdbcUrl("jdbc:sqlite:" + where + PRAGMAS);
        pool.setMaximumPoolSize(connections);
        pool.setMaxLifetime(0); // the only connection of a database in memory must not be renewed
        pool.setConnectionTimeout(5_000);
        try {
            SqliteDatabase database = new SqliteDatabase(new HikariDataSource(pool));
            database.migrate();
            return database;
        } catch (PoolInitializationException | FlywayException e) {
            throw new StoreUnavailableException(where + ": " + rootOf(e).getMessage(), e);
        }
    }

    private void migrate() {
        try {
            Flyway.configure()
                    .dataSource(connections)
                    .locations("classpath:postern/credentials/store")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            connections.close();
            throw e;
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        connections.close();
    }
}

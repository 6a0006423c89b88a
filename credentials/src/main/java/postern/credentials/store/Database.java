package postern.credentials.store;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import postern.credentials.StoreUnavailableException;

/**
 * Where the tables are, and in what the engines differ. The statements are the same for all: there
 * is one {@link SqlCredentialStore}.
 *
 * <p>Whatever is wrong with the database, an answer or a {@link StoreUnavailableException} comes
 * within five seconds, and when the database is back, so are we.
 */
public abstract sealed class Database implements AutoCloseable permits SqliteDatabase, PostgresDatabase {

    private final Jdbi jdbi;

    Database(DataSource connections) {
        this.jdbi = Jdbi.create(connections);
    }

    /** What stands behind a SELECT whose rows nobody else may change until the transaction ends. */
    abstract String rowLock();

    /** Tells all nodes, when this transaction commits, that there is a change to read. */
    abstract void signal(Handle sql);

    /**
     * Runs this from now on whenever another node may have changed something, and more often than
     * that, but never surely: a signal may be lost.
     */
    abstract void onSignal(Runnable look);

    @Override
    public abstract void close();

    Jdbi jdbi() {
        return jdbi;
    }

    /** One statement, with no lock that a writer would wait for. */
    <T> T read(HandleCallback<T, RuntimeException> query) throws StoreUnavailableException {
        return answered(() -> jdbi.withHandle(query));
    }

    /** All of it or nothing, and what has returned is durable. */
    <T> T change(HandleCallback<T, RuntimeException> statements) throws StoreUnavailableException {
        return answered(() -> jdbi.inTransaction(statements));
    }

    /** Makes the tables, or brings those of an older version up to date. */
    static void migrate(DataSource connections) throws FlywayException {
        tables(connections).migrate();
    }

    /** Tells of tables that are missing, or of an older version; changes nothing. */
    static void check(DataSource connections) throws FlywayException {
        if (tables(connections).info().pending().length > 0) {
            throw new FlywayException(
                    "no store of this version (expected: one that a server of this version has opened)");
        }
    }

    private static Flyway tables(DataSource connections) {
        return Flyway.configure()
                .dataSource(connections)
                .locations("classpath:postern/credentials/store")
                .load();
    }

    /**
     * Of why it cannot be opened, in one line.
     *
     * @param where as the operator wrote it
     */
    static StoreUnavailableException notOpened(String where, RuntimeException why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return new StoreUnavailableException(
                where + ": " + message.lines().findFirst().orElse(message), why);
    }

    /** Jdbi's own messages quote the statement; what the database said is in the cause. */
    private static <T> T answered(Supplier<T> asked) throws StoreUnavailableException {
        try {
            return asked.get();
        } catch (JdbiException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StoreUnavailableException(String.valueOf(cause.getMessage()), e);
        }
    }
}

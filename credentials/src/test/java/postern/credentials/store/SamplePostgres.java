package postern.credentials.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import postern.credentials.StoreUnavailableException;

/** A real PostgreSQL, one for all tests of a module, and in it an empty database for whoever asks. */
public final class SamplePostgres {

    private static final AtomicInteger MADE = new AtomicInteger();

    private SamplePostgres() {}

    /** Starts when a database is first asked for, and never in a process that only opens one. Stops with the tests. */
    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The URL of a new and empty database. */
    public static String url() {
        String name = "postern_" + MADE.incrementAndGet();
        try (Connection sql = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = sql.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As one node of several opens it. */
    public static PostgresDatabase open(String url) throws StoreUnavailableException {
        return PostgresDatabase.open(url, "postgres", "", 4);
    }
}

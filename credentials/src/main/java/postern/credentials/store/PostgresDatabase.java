package postern.credentials.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.postgresql.ds.PGSimpleDataSource;
import postern.credentials.StoreUnavailableException;

/**
 * A database in a PostgreSQL server, which several nodes share.
 *
 * <p>The five seconds: two for a connection, one to see whether it still lives, two for a statement.
 * The server gives a statement up just before we do, so that nothing goes on there for nobody.
 */
public final class PostgresDatabase extends Database {

    private static final int CONNECTION_SECONDS = 2;
    private static final int VALIDATION_SECONDS = 1;
    private static final int STATEMENT_SECONDS = 2;

    /**
     * A node that froze in the middle of a transaction loses it, and its locks with it. And a commit
     * is on disk when it returns, whatever the server's own default is.
     */
    private static final String SESSION = """
            SET statement_timeout = '1900ms';
            SET idle_in_transaction_session_timeout = '5s';
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'""";

    private final HikariDataSource connections;
    private final PostgresSignal signal;

    private PostgresDatabase(HikariDataSource connections, PostgresSignal signal) {
        super(connections);
        this.connections = connections;
        this.signal = signal;
    }

    /**
     * Makes the tables in an existing database when they are not there.
     *
     * @param url of JDBC, without a password in it
     * @param password empty when the server asks for none
     */
    public static PostgresDatabase open(String url, String user, String password, int connections)
            throws StoreUnavailableException {
        return open(url, user, password, connections, "postern_changes");
    }

    /**
     * @param channel where signals are given and heard
     */
    static PostgresDatabase open(String url, String user, String password, int connections, String channel)
            throws StoreUnavailableException {
        try {
            PGSimpleDataSource server = server(url, user, password);
            migrate(server); // which may take longer than a statement may
            server.setSocketTimeout(STATEMENT_SECONDS);
            return new PostgresDatabase(
                    new HikariDataSource(pool(server, connections)), new PostgresSignal(server, channel));
        } catch (IllegalArgumentException | PoolInitializationException | FlywayException e) {
            throw notOpened(url, e);
        }
    }

    /** The tables as they are, only to be read: what is not there is not made, and an older version stays one. */
    static PostgresDatabase existing(String url, String user, String password) throws StoreUnavailableException {
        try {
            PGSimpleDataSource server = server(url, user, password);
            server.setSocketTimeout(STATEMENT_SECONDS);
            check(server);
            HikariConfig config = pool(server, 1);
            config.setReadOnly(true);
            return new PostgresDatabase(new HikariDataSource(config), new PostgresSignal(server, "nobody_listens"));
        } catch (IllegalArgumentException | PoolInitializationException | FlywayException e) {
            throw notOpened(url, e);
        }
    }

    private static PGSimpleDataSource server(String url, String user, String password) {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setApplicationName("postern");
        server.setConnectTimeout(CONNECTION_SECONDS);
        server.setTcpKeepAlive(true);
        server.setUser(user);
        server.setPassword(password);
        server.setUrl(url);
        return server;
    }

    private static HikariConfig pool(PGSimpleDataSource server, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(server);
        config.setConnectionInitSql(SESSION);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(CONNECTION_SECONDS * 1000L);
        config.setValidationTimeout(VALIDATION_SECONDS * 1000L);
        return config;
    }

    @Override
    String rowLock() {
        return " FOR UPDATE";
    }

    @Override
    void signal(Handle sql) {
        signal.give(sql);
    }

    @Override
    void onSignal(Runnable look) {
        signal.hear(look);
    }

    @Override
    public void close() {
        signal.close();
        connections.close();
    }
}

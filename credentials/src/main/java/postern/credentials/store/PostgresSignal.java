package postern.credentials.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NOTIFY and LISTEN: a node that has changed something wakes the others. Listening takes a
 * connection of its own, which is made again as long as it takes.
 */
final class PostgresSignal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSignal.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final int SIGN_OF_LIFE_MILLIS = 10_000;
    private static final int SIGN_OF_LIFE_SECONDS = 2;

    private final PGSimpleDataSource server;
    private final String channel;
    private volatile Thread listening = Thread.ofVirtual().unstarted(() -> {});
    private volatile boolean closed;
    private boolean deaf;

    /**
     * @param channel an SQL name
     */
    PostgresSignal(PGSimpleDataSource server, String channel) {
        this.server = server;
        this.channel = channel;
    }

    /** Goes out when the transaction commits, and not if it does not. */
    void give(Handle sql) {
        sql.execute("NOTIFY " + channel);
    }

    void hear(Runnable signalled) {
        listening = Thread.ofVirtual().name("change-signal").start(() -> {
            while (!closed) {
                listen(signalled);
            }
        });
    }

    /** Until the connection breaks. */
    private void listen(Runnable signalled) {
        try (Connection connection = server.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("LISTEN " + channel);
            signalled.run(); // for what was signalled while nobody listened
            heard();
            PGConnection signals = connection.unwrap(PGConnection.class);
            while (!closed) {
                if (signals.getNotifications(SIGN_OF_LIFE_MILLIS).length > 0) {
                    signalled.run();
                } else if (!connection.isValid(SIGN_OF_LIFE_SECONDS)) {
                    throw new SQLException("no sign of life");
                }
            }
        } catch (SQLException e) {
            missed(e);
        }
    }

    private void heard() {
        if (deaf) {
            LOG.atInfo().log("signals of changes are heard again");
        }
        deaf = false;
    }

    private void missed(SQLException why) {
        if (!deaf && !closed) {
            deaf = true;
            LOG.atWarn().addKeyValue("cause", why.getMessage()).log("signals of changes cannot be heard, trying on");
        }
        try {
            Thread.sleep(BETWEEN_ATTEMPTS);
        } catch (InterruptedException _) {
            // closed
        }
    }

    @Override
    public void close() {
        closed = true;
        listening.interrupt(); // which closes the socket that it waits at
    }
}

package postern.credentials.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import postern.credentials.SessionId;
import postern.credentials.StoreUnavailableException;
import postern.credentials.board.Board;
import postern.credentials.board.Node;
import postern.credentials.board.Session;
import postern.credentials.board.SessionFilter;
import postern.credentials.board.Sessions;

/** {@link Board} and {@link Sessions} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlSessionBoard implements Board, Sessions {

    private final Database database;

    public SqlSessionBoard(Database database) {
        this.database = database;
    }

    @Override
    public void arrive(Node node, Instant now) throws StoreUnavailableException {
        database.change(sql -> {
            sql.createUpdate("""
                            DELETE FROM live_sessions
                            WHERE node IN (SELECT id FROM session_nodes WHERE name = :name)""").bind("name", node.name()).execute();
            sql.createUpdate("DELETE FROM session_nodes WHERE name = :name")
                    .bind("name", node.name())
                    .execute();
            return writeNode(sql, node, now);
        });
    }

    @Override
    public void beginAnew(Node node, Instant now) throws StoreUnavailableException {
        database.change(sql -> {
            deleteSessions(sql, node);
            return writeNode(sql, node, now);
        });
    }

    @Override
    public boolean beat(Node node, Instant now) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("UPDATE session_nodes SET beat_at = :now WHERE id = :id")
                        .bind("id", node.id())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1);
    }

    @Override
    public void write(Node node, Collection<Session> begun, Collection<SessionId> left)
            throws StoreUnavailableException {
        database.change(sql -> {
            LiveSessionRows.delete(sql, left);
            LiveSessionRows.insert(sql, node.id(), begun);
            return null;
        });
    }

    @Override
    public void leave(Node node) throws StoreUnavailableException {
        database.change(sql -> {
            deleteSessions(sql, node);
            return sql.createUpdate("DELETE FROM session_nodes WHERE id = :id")
                    .bind("id", node.id())
                    .execute();
        });
    }

    /** Those whose node is not known at all among them: what a node wrote after it was taken for broken down. */
    @Override
    public int forgetOld(Instant now) throws StoreUnavailableException {
        return database.change(sql -> {
            sql.createUpdate("DELETE FROM session_nodes WHERE beat_at < :heard")
                    .bind("heard", now.minus(OLD).toEpochMilli())
                    .execute();
            return sql.execute("DELETE FROM live_sessions WHERE node NOT IN (SELECT id FROM session_nodes)");
        });
    }

    @Override
    public List<Listed> page(SessionFilter filter, Place after, int limit, Instant now)
            throws StoreUnavailableException {
        return database.read(sql -> LiveSessionRows.page(sql, filter, after, Math.min(limit, MOST), now));
    }

    @Override
    public long count(SessionFilter filter, Instant now) throws StoreUnavailableException {
        return database.read(sql -> LiveSessionRows.count(sql, filter, now));
    }

    private static void deleteSessions(Handle sql, Node node) {
        sql.createUpdate("DELETE FROM live_sessions WHERE node = :id")
                .bind("id", node.id())
                .execute();
    }

    private static int writeNode(Handle sql, Node node, Instant now) {
        return sql.createUpdate("""
                        INSERT INTO session_nodes (id, name, beat_at) VALUES (:id, :name, :now)
                        ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at""")
                .bind("id", node.id())
                .bind("name", node.name())
                .bind("now", now.toEpochMilli())
                .execute();
    }
}

package postern.credentials.store;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SessionId;
import postern.credentials.SourceNetwork;
import postern.credentials.board.Board;
import postern.credentials.board.Session;
import postern.credentials.board.SessionFilter;
import postern.credentials.board.Sessions.Listed;
import postern.credentials.board.Sessions.Place;

/** The table {@code live_sessions}. */
final class LiveSessionRows {

    private static final String OF_NODES_THAT_ARE_THERE =
            " FROM live_sessions JOIN session_nodes ON session_nodes.id = node WHERE beat_at >= :heard";

    private LiveSessionRows() {}

    static void insert(Handle sql, String node, Collection<Session> begun) {
        PreparedBatch batch = sql.prepareBatch("""
                INSERT INTO live_sessions
                (id, node, owner, app_password, protocol, client, client_place, device, tls, since)
                VALUES (:id, :node, :owner, :app_password, :protocol, :client, :client_place, :device, :tls, :since)""");
        begun.forEach(one -> batch.bind("id", one.id().value())
                .bind("node", node)
                .bind("owner", one.name().value())
                .bind("app_password", one.appPassword().value())
                .bind("protocol", one.protocol().toString())
                .bind("client", withoutZone(one.client()))
                .bind("client_place", SourceNetwork.placeOf(one.client()))
                .bind("device", one.device())
                .bind("tls", one.tls())
                .bind("since", one.since().toEpochMilli())
                .add());
        batch.execute();
    }

    /** A zone names an interface of that node, and nothing on another. */
    private static String withoutZone(InetAddress client) {
        return client.getHostAddress().replaceFirst("%.*", "");
    }

    static void delete(Handle sql, Collection<SessionId> left) {
        PreparedBatch batch = sql.prepareBatch("DELETE FROM live_sessions WHERE id = :id");
        left.forEach(id -> batch.bind("id", id.value()).add());
        batch.execute();
    }

    static List<Listed> page(Handle sql, SessionFilter filter, Place after, int limit, Instant now) {
        String statement = "SELECT live_sessions.*, session_nodes.name AS node_name" + OF_NODES_THAT_ARE_THERE
                + conditions(filter)
                + " AND (owner, live_sessions.id) > (:after_name, :after_id)"
                + " ORDER BY owner, live_sessions.id LIMIT :limit";
        return bound(sql.createQuery(statement), filter, now)
                .bind("after_name", after.name())
                .bind("after_id", after.id())
                .bind("limit", limit)
                .map(LiveSessionRows::listed)
                .list();
    }

    static long count(Handle sql, SessionFilter filter, Instant now) {
        return bound(sql.createQuery("SELECT count(*)" + OF_NODES_THAT_ARE_THERE + conditions(filter)), filter, now)
                .mapTo(Long.class)
                .one();
    }

    private static String conditions(SessionFilter filter) {
        List<String> conditions = new ArrayList<>(List.of(""));
        filter.id().ifPresent(_ -> conditions.add("live_sessions.id = :id"));
        filter.name().ifPresent(_ -> conditions.add("owner = :owner"));
        filter.appPassword().ifPresent(_ -> conditions.add("app_password = :app_password"));
        filter.protocol().ifPresent(_ -> conditions.add("protocol = :protocol"));
        filter.network().ifPresent(_ -> conditions.add("client_place BETWEEN :first_client AND :last_client"));
        return String.join(" AND ", conditions);
    }

    private static Query bound(Query query, SessionFilter filter, Instant now) {
        query.bind("heard", now.minus(Board.OLD).toEpochMilli());
        filter.id().ifPresent(id -> query.bind("id", id.value()));
        filter.name().ifPresent(name -> query.bind("owner", name.value()));
        filter.appPassword().ifPresent(id -> query.bind("app_password", id.value()));
        filter.protocol().ifPresent(protocol -> query.bind("protocol", protocol.toString()));
        filter.network()
                .ifPresent(network ->
                        query.bind("first_client", network.firstPlace()).bind("last_client", network.lastPlace()));
        return query;
    }

    private static Listed listed(ResultSet row, StatementContext context) throws SQLException {
        Session session = new Session(
                new SessionId(row.getString("id")),
                new LoginName(row.getString("owner")),
                new AppPasswordId(row.getString("app_password")),
                Protocol.parse(row.getString("protocol")),
                InetAddress.ofLiteral(row.getString("client")),
                Rows.optionalText(row, "device"),
                Rows.optionalText(row, "tls"),
                Rows.instant(row, "since"));
        return new Listed(session, row.getString("node_name"));
    }
}

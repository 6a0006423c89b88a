package postern.credentials.store;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import postern.credentials.Actor;
import postern.credentials.ApiTokenId;
import postern.credentials.Permission;
import postern.credentials.Role;
import postern.credentials.SourceNetwork;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.administration.TokenUse;

/** The table {@code api_tokens}, one row at a time. */
final class ApiTokenRows {

    private ApiTokenRows() {}

    static Optional<ApiTokenRecord> find(Handle sql, ApiTokenId id) {
        return sql.createQuery("SELECT * FROM api_tokens WHERE id = :id")
                .bind("id", id.value())
                .map(ApiTokenRows::token)
                .findOne();
    }

    static void insert(Handle sql, ApiTokenRecord made, String sha256) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", made.id().value());
        columns.put("sha256", sha256);
        columns.put("name", made.name());
        columns.put("role", made.role().name());
        columns.put("scopes", made.scopes().map(Rows::joined).orElse(null));
        columns.put("networks", Rows.joined(made.networks()));
        columns.put("created_at", made.createdAt().toEpochMilli());
        columns.put(
                "creator_kind", made.createdBy().map(who -> who.kind().name()).orElse(null));
        columns.put("creator", made.createdBy().map(Actor::name).orElse(null));
        columns.put("expires_at", made.expiresAt().toEpochMilli());
        sql.createUpdate("""
                        INSERT INTO api_tokens (id, sha256, name, role, scopes, networks, created_at, creator_kind,
                            creator, expires_at)
                        VALUES (:id, :sha256, :name, :role, :scopes, :networks, :created_at, :creator_kind,
                            :creator, :expires_at)""").bindMap(columns).execute();
    }

    static ApiTokenRecord token(ResultSet row, StatementContext context) throws SQLException {
        return new ApiTokenRecord(
                new ApiTokenId(row.getString("id")),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                Rows.optionalText(row, "scopes").map(ApiTokenRows::scopes),
                Rows.split(row.getString("networks"), SourceNetwork::parse).toList(),
                Rows.instant(row, "created_at"),
                creator(row),
                Rows.instant(row, "expires_at"),
                lastUse(row),
                Rows.optionalInstant(row, "revoked_at"),
                Rows.optionalText(row, "rotated_to").map(ApiTokenId::new));
    }

    /** What only another version knows is nothing that one may do here. */
    private static Set<Permission> scopes(String joined) {
        Set<Permission> known = EnumSet.noneOf(Permission.class);
        Rows.split(joined, Permission::named).forEach(one -> one.ifPresent(known::add));
        return known;
    }

    private static Optional<Actor> creator(ResultSet row) throws SQLException {
        Optional<String> kind = Rows.optionalText(row, "creator_kind");
        Optional<String> name = Rows.optionalText(row, "creator");
        return kind.flatMap(one -> name.map(who -> new Actor(Actor.Kind.valueOf(one), who, Optional.empty())));
    }

    private static Optional<TokenUse> lastUse(ResultSet row) throws SQLException {
        Optional<Instant> at = Rows.optionalInstant(row, "used_at");
        Optional<InetAddress> from = Rows.optionalText(row, "used_from").map(InetAddress::ofLiteral);
        return at.map(time -> new TokenUse(time, from));
    }
}

package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import postern.credentials.LoginName;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantId;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.Purpose;
import postern.credentials.grant.SealedSecret;
import postern.credentials.grant.Trouble;

/**
 * A grant as the store has it; all but the lease, which belongs to whoever refreshes it.
 *
 * @param sealed empty in a revoked one
 */
record GrantRow(Grant grant, Optional<SealedSecret> sealed) {

    static GrantRow read(ResultSet row, StatementContext context) throws SQLException {
        Grant grant = new Grant(
                new GrantId(row.getString("id")),
                new LoginName(row.getString("owner")),
                row.getString("upstream"),
                new Purpose(row.getString("given_for")),
                GrantKind.valueOf(row.getString("kind")),
                GrantState.valueOf(row.getString("state")),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "refreshed_at"),
                trouble(row),
                instant(row, "expires_at"));
        return new GrantRow(grant, sealed(row));
    }

    /** In the order of upstreams. */
    static List<Grant> of(Handle sql, LoginName owner) {
        return sql.createQuery("SELECT * FROM grants WHERE owner = :owner ORDER BY upstream")
                .bind("owner", owner.value())
                .map(GrantRow::read)
                .map(GrantRow::grant)
                .list();
    }

    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("owner", grant.owner().value());
        columns.put("upstream", grant.upstream());
        columns.put("given_for", grant.givenFor().text());
        columns.put("id", grant.id().value());
        columns.put("kind", grant.kind().name());
        columns.put("state", grant.state().name());
        columns.put("version", grant.version());
        columns.put("key_id", sealed.map(SealedSecret::keyId).orElse(null));
        columns.put("wrapped_key", sealed.map(SealedSecret::wrappedKey).orElse(null));
        columns.put("sealed_secret", sealed.map(SealedSecret::sealed).orElse(null));
        columns.put("created_at", grant.createdAt().toEpochMilli());
        columns.put("refreshed_at", millis(grant.refreshedAt()));
        columns.put("expires_at", millis(grant.expiresAt()));
        columns.put("failed_at", millis(grant.trouble().map(Trouble::at)));
        columns.put("failure_code", grant.trouble().map(Trouble::code).orElse(null));
        columns.put("failure_words", grant.trouble().map(Trouble::words).orElse(null));
        return columns;
    }

    private static Optional<Trouble> trouble(ResultSet row) throws SQLException {
        Optional<Instant> at = instant(row, "failed_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Trouble(row.getString("failure_code"), row.getString("failure_words"), at.get()));
    }

    private static Optional<SealedSecret> sealed(ResultSet row) throws SQLException {
        String keyId = row.getString("key_id");
        return keyId == null
                ? Optional.empty()
                : Optional.of(new SealedSecret(keyId, row.getString("wrapped_key"), row.getString("sealed_secret")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static @Nullable Long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(null);
    }
}

package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.PasswordHash;
import postern.credentials.Person;

/** Records to rows and back. */
final class Rows {

    private Rows() {}

    static Person person(ResultSet row, StatementContext context) throws SQLException {
        return new Person(new LoginName(row.getString("login_name")), instant(row, "created_at"));
    }

    static AppPassword appPassword(ResultSet row, StatementContext context) throws SQLException {
        return new AppPassword(
                new AppPasswordId(row.getString("id")),
                new LoginName(row.getString("owner")),
                row.getString("name"),
                new LookupTag(row.getLong("tag")),
                new PasswordHash(row.getString("hash")),
                instant(row, "created_at"),
                row.getObject("expires_at") == null ? Optional.empty() : Optional.of(instant(row, "expires_at")));
    }

    static Map<String, @Nullable Object> columns(AppPassword one) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", one.id().value());
        columns.put("owner", one.owner().value());
        columns.put("name", one.name());
        columns.put("tag", one.tag().bits());
        columns.put("hash", one.hash().encoded());
        columns.put("created_at", one.createdAt().toEpochMilli());
        columns.put("expires_at", one.expiresAt().map(Instant::toEpochMilli).orElse(null));
        return columns;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}

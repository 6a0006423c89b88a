package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.Salted;
import postern.credentials.audit.SearchedBy;

/** Entries of the audit trail to rows and back. */
final class AuditRows {

    private AuditRows() {}

    static AuditEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new AuditEntry(
                row.getLong("sequence"),
                row.getString("event_id"),
                row.getLong("happened_at"),
                row.getString("kind"),
                Optional.ofNullable(row.getString("subject")),
                Optional.ofNullable(row.getString("actor")),
                searchedBy(row),
                row.getString("chained"),
                row.getString("digest"),
                salted(row, "personal", "personal_salt"),
                salted(row, "actor_name", "actor_salt"),
                salted(row, "address", "address_salt"));
    }

    private static Optional<SearchedBy> searchedBy(ResultSet row) throws SQLException {
        long times = row.getLong("times");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new SearchedBy(
                        Rows.optionalText(row, "app_password"),
                        Rows.optionalText(row, "token"),
                        Rows.optionalText(row, "reason"),
                        times));
    }

    /** A text that somebody left without its salt proves nothing, and verification says so. */
    private static Optional<Salted> salted(ResultSet row, String text, String salt) throws SQLException {
        String kept = row.getString(text);
        String with = row.getString(salt);
        return kept == null ? Optional.empty() : Optional.of(new Salted(kept, with == null ? "" : with));
    }

    static Map<String, @Nullable Object> columns(AuditEntry entry) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("sequence", entry.sequence());
        columns.put("event_id", entry.eventId());
        columns.put("happened_at", entry.at());
        columns.put("kind", entry.kind());
        columns.put("subject", entry.subject().orElse(null));
        columns.put("actor", entry.actor().orElse(null));
        columns.put(
                "app_password",
                entry.searchedBy().flatMap(SearchedBy::appPassword).orElse(null));
        columns.put("token", entry.searchedBy().flatMap(SearchedBy::token).orElse(null));
        columns.put("reason", entry.searchedBy().flatMap(SearchedBy::reason).orElse(null));
        columns.put("times", entry.searchedBy().map(SearchedBy::times).orElse(null));
        columns.put("chained", entry.chained());
        columns.put("digest", entry.digest());
        columns.put("personal", entry.personal().map(Salted::text).orElse(null));
        columns.put("personal_salt", entry.personal().map(Salted::salt).orElse(null));
        columns.put("actor_name", entry.actorName().map(Salted::text).orElse(null));
        columns.put("actor_salt", entry.actorName().map(Salted::salt).orElse(null));
        columns.put("address", entry.address().map(Salted::text).orElse(null));
        columns.put("address_salt", entry.address().map(Salted::salt).orElse(null));
        return columns;
    }
}

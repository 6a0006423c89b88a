package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.DevicePin;
import postern.credentials.Imports;
import postern.credentials.KeyId;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.PasswordHash;
import postern.credentials.Proof;
import postern.credentials.Protocol;
import postern.credentials.Scope;
import postern.credentials.Sending;
import postern.credentials.SourceNetwork;

/** The table {@code app_passwords}, without those that are revoked. */
final class AppPasswordRows {

    private static final String COLUMNS =
            "id, owner, name, lookup_key, tag, external_id, hash, pepper, protocols, networks,"
                    + " not_before, expires_at, messages_per_day, recipients_per_day, senders, pin, pinned_device, suspended,"
                    + " created_at, resumed_at";

    private static final String LIVE = "SELECT * FROM app_passwords WHERE revoked_at IS NULL AND owner = :owner ";

    private AppPasswordRows() {}

    static List<AppPassword> of(Handle sql, LoginName owner) {
        return sql.createQuery(LIVE + "ORDER BY created_at, id")
                .bind("owner", owner.value())
                .map(AppPasswordRows::appPassword)
                .list();
    }

    static List<AppPassword> imported(Handle sql, String after, int limit) {
        return sql.createQuery("""
                        SELECT * FROM app_passwords WHERE revoked_at IS NULL AND pepper IS NULL
                        AND external_id > :after ORDER BY external_id LIMIT :limit""")
                .bind("after", after)
                .bind("limit", limit)
                .map(AppPasswordRows::appPassword)
                .list();
    }

    static Imports countImported(Handle sql) {
        return sql.createQuery("SELECT count(*) AS all_of_them, count(pepper) AS used FROM app_passwords"
                        + " WHERE revoked_at IS NULL AND external_id IS NOT NULL")
                .map((row, _) -> new Imports(row.getLong("all_of_them") - row.getLong("used"), row.getLong("used")))
                .one();
    }

    static Optional<AppPassword> find(Handle sql, LoginName owner, AppPasswordId id, String rowLock) {
        return sql.createQuery(LIVE + "AND id = :id" + rowLock)
                .bind("owner", owner.value())
                .bind("id", id.value())
                .map(AppPasswordRows::appPassword)
                .findOne();
    }

    /** False when its tag is taken. */
    static boolean insert(Handle sql, AppPassword one) {
        return sql.createUpdate("INSERT INTO app_passwords (" + COLUMNS + ") VALUES (" + bound(":%s") + ")"
                                + " ON CONFLICT DO NOTHING")
                        .bindMap(columns(one))
                        .execute()
                == 1;
    }

    static void update(Handle sql, AppPassword one) {
        sql.createUpdate("UPDATE app_passwords SET misses = 0, " + bound("%1$s = :%1$s") + " WHERE id = :id")
                .bindMap(columns(one))
                .execute();
    }

    /** Those that were tried in vain so often in a row. */
    static Set<AppPasswordId> missed(Handle sql, Set<AppPasswordId> tried, int most) {
        ofThese(sql.createUpdate("UPDATE app_passwords SET misses = misses + 1 WHERE id IN (<ids>)"), tried)
                .execute();
        return ofThese(sql.createQuery("SELECT id FROM app_passwords WHERE id IN (<ids>) AND misses >= :most"), tried)
                .bind("most", most)
                .mapTo(String.class)
                .stream()
                .map(AppPasswordId::new)
                .collect(Collectors.toSet());
    }

    static void hit(Handle sql, Set<AppPasswordId> used) {
        ofThese(sql.createUpdate("UPDATE app_passwords SET misses = 0 WHERE id IN (<ids>) AND misses > 0"), used)
                .execute();
    }

    private static <S extends SqlStatement<S>> S ofThese(S statement, Set<AppPasswordId> ids) {
        return statement.bindList("ids", ids.stream().map(AppPasswordId::value).toList());
    }

    private static String bound(String form) {
        return Arrays.stream(COLUMNS.split(", ")).map(form::formatted).collect(Collectors.joining(", "));
    }

    static AppPassword appPassword(ResultSet row, StatementContext context) throws SQLException {
        return new AppPassword(
                new AppPasswordId(row.getString("id")),
                new LoginName(row.getString("owner")),
                row.getString("name"),
                proof(row),
                scope(row),
                Rows.yes(row, "suspended"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "resumed_at"));
    }

    static LookupTag tag(ResultSet row) throws SQLException {
        return new LookupTag(new KeyId(row.getString("lookup_key")), row.getLong("tag"));
    }

    private static Proof proof(ResultSet row) throws SQLException {
        String hash = row.getString("hash");
        Optional<String> externalId = Rows.optionalText(row, "external_id");
        Optional<KeyId> pepper = Rows.optionalText(row, "pepper").map(KeyId::new);
        if (externalId.isEmpty()) {
            return new Proof.Drawn(tag(row), new PasswordHash(hash, pepper.orElseThrow()));
        }
        return pepper.<Proof>map(key -> new Proof.Taken(externalId.get(), new PasswordHash(hash, key)))
                .orElseGet(() -> new Proof.Imported(externalId.get(), hash));
    }

    private static Scope scope(ResultSet row) throws SQLException {
        return new Scope(
                Rows.split(row.getString("protocols"), Protocol::parse).collect(Collectors.toSet()),
                Rows.split(row.getString("networks"), SourceNetwork::parse).toList(),
                Rows.optionalInstant(row, "not_before"),
                Rows.optionalInstant(row, "expires_at"),
                new Sending(
                        Rows.optionalInt(row, "messages_per_day"),
                        Rows.optionalInt(row, "recipients_per_day"),
                        Rows.split(row.getString("senders"), LoginName::new).collect(Collectors.toSet())),
                new DevicePin(
                        DevicePin.Mode.valueOf(row.getString("pin").toUpperCase(Locale.ROOT)),
                        Rows.optionalText(row, "pinned_device")));
    }

    private static Map<String, @Nullable Object> columns(AppPassword one) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", one.id().value());
        columns.put("owner", one.owner().value());
        columns.put("name", one.name());
        columns.put("suspended", Rows.yes(one.suspended()));
        columns.put("created_at", one.createdAt().toEpochMilli());
        columns.put("resumed_at", one.resumedAt().toEpochMilli());
        columns.putAll(columns(one.proof()));
        columns.putAll(columns(one.scope()));
        return columns;
    }

    private static Map<String, @Nullable Object> columns(Proof proof) {
        Optional<LookupTag> tag = proof.findableBy();
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("lookup_key", tag.map(found -> found.key().value()).orElse(null));
        columns.put("tag", tag.map(LookupTag::bits).orElse(null));
        columns.put("external_id", null);
        columns.put("pepper", null);
        switch (proof) {
            case Proof.Drawn(var _, PasswordHash hash) -> putOurs(columns, hash);
            case Proof.Imported(String externalId, String hash) -> {
                columns.put("external_id", externalId);
                columns.put("hash", hash);
            }
            case Proof.Taken(String externalId, PasswordHash hash) -> {
                columns.put("external_id", externalId);
                putOurs(columns, hash);
            }
        }
        return columns;
    }

    private static void putOurs(Map<String, @Nullable Object> columns, PasswordHash hash) {
        columns.put("hash", hash.encoded());
        columns.put("pepper", hash.pepper().value());
    }

    private static Map<String, @Nullable Object> columns(Scope scope) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("protocols", Rows.joined(scope.protocols()));
        columns.put("networks", Rows.joined(scope.networks()));
        columns.put("not_before", scope.notBefore().map(Instant::toEpochMilli).orElse(null));
        columns.put("expires_at", scope.expiresAt().map(Instant::toEpochMilli).orElse(null));
        columns.put("messages_per_day", number(scope.sending().messagesPerDay()));
        columns.put("recipients_per_day", number(scope.sending().recipientsPerDay()));
        columns.put(
                "senders",
                Rows.joined(
                        scope.sending().senders().stream().map(LoginName::value).toList()));
        columns.put("pin", scope.pin().mode().toString());
        columns.put("pinned_device", scope.pin().device().orElse(null));
        return columns;
    }

    private static @Nullable Integer number(OptionalInt count) {
        return count.isPresent() ? count.getAsInt() : null;
    }
}

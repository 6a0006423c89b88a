package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import postern.credentials.By;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.LoginName;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.Policy.Issuer;
import postern.credentials.PolicyInForce.Layer;
import postern.credentials.PolicyRules;
import postern.credentials.PolicyStore;
import postern.credentials.PolicySubject;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeWriter.Made;

/** {@link PolicyStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlPolicies implements PolicyStore {

    private final Database database;
    private final ChangeWriter changes;
    private final AuditedChanges audited;

    public SqlPolicies(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
        this.audited = changes.audited();
    }

    @Override
    public Optional<PolicyRules> rules(PolicySubject subject) throws StoreUnavailableException {
        return database.read(sql -> layers(sql, Stream.of(subject)).stream().findFirst())
                .map(Layer::rules);
    }

    @Override
    public List<Layer> layers() throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT * FROM policies ORDER BY subject")
                .map(SqlPolicies::layer)
                .list());
    }

    @Override
    public PolicyRules revise(PolicySubject subject, UnaryOperator<PolicyRules> change, By by)
            throws StoreUnavailableException {
        return changes.make(sql -> {
            PolicyRules before = locked(sql, subject);
            PolicyRules after = change.apply(before);
            sql.createUpdate("DELETE FROM policies WHERE subject = :subject")
                    .bind("subject", subject.toString())
                    .execute();
            if (!after.equals(PolicyRules.SILENT)) {
                insert(sql, subject, after);
            }
            return Made.of(after, new PolicyChanged(subject), audited.policyChanged(subject, before, after, by));
        });
    }

    /** There has to be a row to lock, or two who say something for the first time would not see each other. */
    private PolicyRules locked(Handle sql, PolicySubject subject) {
        sql.createUpdate("INSERT INTO policies (subject) VALUES (:subject) ON CONFLICT DO NOTHING")
                .bind("subject", subject.toString())
                .execute();
        return sql.createQuery("SELECT * FROM policies WHERE subject = :subject" + database.rowLock())
                .bind("subject", subject.toString())
                .map(SqlPolicies::layer)
                .one()
                .rules();
    }

    static List<Layer> layersFor(Handle sql, LoginName name) {
        return layers(
                sql,
                Stream.concat(
                        Stream.of(new PolicySubject.Everyone(), new PolicySubject.One(name)),
                        name.domain().isEmpty() ? Stream.of() : Stream.of(new PolicySubject.Domain(name.domain()))));
    }

    private static List<Layer> layers(Handle sql, Stream<PolicySubject> subjects) {
        return sql.createQuery("SELECT * FROM policies WHERE subject IN (<subjects>)")
                .bindList("subjects", subjects.map(PolicySubject::toString).toList())
                .map(SqlPolicies::layer)
                .list();
    }

    private static void insert(Handle sql, PolicySubject subject, PolicyRules rules) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("subject", subject.toString());
        columns.put(
                "app_passwords",
                rules.appPasswords().map(AppPasswords::toString).orElse(null));
        columns.put(
                "second_step_required",
                rules.secondStepRequired().map(Rows::yes).orElse(null));
        columns.put("most_per_account", number(rules.mostPerAccount()));
        columns.put("secret_length", number(rules.secretLength()));
        columns.put("protocols", rules.protocols().map(Rows::joined).orElse(null));
        columns.put("longest_life", rules.longestLife().map(Duration::toMillis).orElse(null));
        columns.put("unused_after", rules.unusedAfter().map(Duration::toMillis).orElse(null));
        columns.put("issuers", rules.issuers().map(Rows::joined).orElse(null));
        sql.createUpdate("""
                        INSERT INTO policies (subject, app_passwords, second_step_required, most_per_account,
                        secret_length, protocols, longest_life, unused_after, issuers)
                        VALUES (:subject, :app_passwords, :second_step_required, :most_per_account,
                        :secret_length, :protocols, :longest_life, :unused_after, :issuers)""").bindMap(columns).execute();
    }

    private static Layer layer(ResultSet row, StatementContext context) throws SQLException {
        OptionalInt secondStep = Rows.optionalInt(row, "second_step_required");
        return new Layer(
                PolicySubject.parse(row.getString("subject")),
                new PolicyRules(
                        Rows.optionalText(row, "app_passwords")
                                .map(text -> AppPasswords.valueOf(
                                        text.toUpperCase(Locale.ROOT).replace('-', '_'))),
                        secondStep.isPresent() ? Optional.of(secondStep.getAsInt() != 0) : Optional.empty(),
                        Rows.optionalInt(row, "most_per_account"),
                        Rows.optionalInt(row, "secret_length"),
                        set(row, "protocols", Protocol::parse),
                        duration(row, "longest_life"),
                        duration(row, "unused_after"),
                        set(row, "issuers", text -> Issuer.valueOf(text.toUpperCase(Locale.ROOT)))));
    }

    private static <T> Optional<Set<T>> set(ResultSet row, String column, Function<String, T> item)
            throws SQLException {
        return Rows.optionalText(row, column)
                .map(text -> Rows.split(text, item).collect(Collectors.toUnmodifiableSet()));
    }

    private static Optional<Duration> duration(ResultSet row, String column) throws SQLException {
        return Rows.optionalInstant(row, column).map(instant -> Duration.ofMillis(instant.toEpochMilli()));
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}

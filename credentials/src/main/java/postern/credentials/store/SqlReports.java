package postern.credentials.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import postern.credentials.AppPasswordId;
import postern.credentials.HoldKind;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LoginName;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditKind;
import postern.credentials.report.DeviceFilter;
import postern.credentials.report.Reports;

/** {@link Reports} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlReports implements Reports {

    /** Of which each is a login that failed, or so many. */
    private static final List<String> FAILURES = List.of(
            AuditKind.LOGIN_FAILED.toString(),
            AuditKind.LOGIN_HELD.toString(),
            AuditKind.LOGIN_SHAPE_REJECTED.toString(),
            AuditKind.LOGIN_OVERLOAD.toString(),
            AuditKind.APP_PASSWORD_PIN_MISMATCH.toString());

    private final Database database;

    public SqlReports(Database database) {
        this.database = database;
    }

    @Override
    public List<SharedHold> holds(Optional<HoldKind> kind, Place after, int limit, Instant now)
            throws StoreUnavailableException {
        Conditions conditions = new Conditions().and("held_until > :now", "now", now.toEpochMilli());
        kind.ifPresent(one -> conditions.and("kind = :kind", "kind", one.toString()));
        String statement = "SELECT * FROM holds" + conditions.where()
                + " AND (kind, subject) > (:first, :second) ORDER BY kind, subject LIMIT :limit";
        return database.read(sql -> page(conditions.bind(sql.createQuery(statement)), after, limit)
                .map(HoldRows::hold)
                .list());
    }

    @Override
    public List<Familiar> familiarSources(LoginName account, String after, int limit) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT network, seen_at FROM familiar_sources
                        WHERE account = :account AND network > :after ORDER BY network LIMIT :limit""")
                .bind("account", account.value())
                .bind("after", after)
                .bind("limit", Math.min(limit, MOST))
                .map((row, _) ->
                        new Familiar(SourceNetwork.parse(row.getString("network")), Rows.instant(row, "seen_at")))
                .list());
    }

    @Override
    public List<LegacyTlsNeed> legacyTls(String after, int limit) throws StoreUnavailableException {
        return database.read(sql -> SqlLegacyTls.page(sql, after, Math.min(limit, MOST)));
    }

    @Override
    public List<Device> devices(DeviceFilter filter, Place after, int limit) throws StoreUnavailableException {
        Conditions conditions = new Conditions().and("revoked_at IS NULL");
        filter.owner().ifPresent(one -> conditions.and("owner = :owner", "owner", one.value()));
        filter.appPassword().ifPresent(one -> conditions.and("app_password = :id", "id", one.value()));
        if (!filter.speaks().isEmpty()) {
            conditions.and("speaks IN (<versions>)");
        }
        String statement = "SELECT device_uses.*, owner, name FROM device_uses JOIN app_passwords"
                + " ON app_passwords.id = app_password" + conditions.where()
                + " AND (app_password, device_uses.protocol || ' ' || device) > (:first, :second)"
                + " ORDER BY app_password, device_uses.protocol || ' ' || device LIMIT :limit";
        return database.read(sql -> {
            Query query = page(conditions.bind(sql.createQuery(statement)), after, limit);
            if (!filter.speaks().isEmpty()) {
                query.bindList("versions", List.copyOf(filter.speaks()));
            }
            return query.map((row, context) -> new Device(row.getString("device"), DeviceUseRows.seen(row, context)))
                    .list();
        });
    }

    @Override
    public List<Failures> loginFailures(Time time, Optional<LoginName> name, Place after, int limit)
            throws StoreUnavailableException {
        Conditions conditions = new Conditions()
                .and("kind IN (<kinds>)")
                .and("reason IS NOT NULL")
                .and("happened_at >= :from", "from", time.from().toEpochMilli())
                .and("happened_at < :until", "until", time.until().toEpochMilli());
        name.ifPresent(one -> conditions.and(
                "subject = (SELECT pseudonym FROM audit_subjects WHERE login_name = :name)", "name", one.toString()));
        String statement = """
                SELECT login_name, reason, times, last_at FROM (
                SELECT coalesce(login_name, '') AS login_name, reason, sum(times) AS times, max(happened_at) AS last_at
                FROM audit_events LEFT JOIN audit_subjects ON pseudonym = subject""" + conditions.where() + """
                 GROUP BY coalesce(login_name, ''), reason) AS failures
                WHERE (login_name, reason) > (:first, :second) ORDER BY login_name, reason LIMIT :limit""";
        return database.read(sql -> page(conditions.bind(sql.createQuery(statement)), after, limit)
                .bindList("kinds", FAILURES)
                .map((row, _) -> new Failures(
                        row.getString("login_name"),
                        row.getString("reason"),
                        row.getLong("times"),
                        Rows.instant(row, "last_at")))
                .list());
    }

    @Override
    public List<StaleSecret> staleSecrets(Instant since, String after, int limit) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT id, owner, name, revoked_at, count(*) AS notices, min(happened_at) AS first_at,
                        max(happened_at) AS last_at FROM audit_events
                        JOIN app_passwords ON app_passwords.id = audit_events.app_password
                        WHERE kind = :kind AND happened_at >= :since AND revoked_at IS NOT NULL AND id > :after
                        GROUP BY id, owner, name, revoked_at ORDER BY id LIMIT :limit""")
                .bind("kind", AuditKind.APP_PASSWORD_STALE_USE.toString())
                .bind("since", since.toEpochMilli())
                .bind("after", after)
                .bind("limit", Math.min(limit, MOST))
                .map((row, _) -> new StaleSecret(
                        new AppPasswordId(row.getString("id")),
                        new LoginName(row.getString("owner")),
                        row.getString("name"),
                        Rows.instant(row, "revoked_at"),
                        row.getLong("notices"),
                        Rows.instant(row, "first_at"),
                        Rows.instant(row, "last_at")))
                .list());
    }

    private static Query page(Query query, Place after, int limit) {
        return query.bind("first", after.first()).bind("second", after.second()).bind("limit", Math.min(limit, MOST));
    }
}

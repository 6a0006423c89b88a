package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.StoreUnavailableException;
import postern.credentials.report.AppPasswordFilter;
import postern.credentials.report.AppPasswords;

/** {@link AppPasswords} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlAppPasswordList implements AppPasswords {

    private static final String WITH_LAST_USE =
            " FROM app_passwords LEFT JOIN last_uses ON last_uses.app_password = app_passwords.id";

    private final Database database;

    public SqlAppPasswordList(Database database) {
        this.database = database;
    }

    @Override
    public List<Listed> page(AppPasswordFilter filter, String after, int limit) throws StoreUnavailableException {
        Conditions conditions = conditions(filter).and("id > :after", "after", after);
        return database.read(sql -> conditions
                .bind(sql.createQuery("SELECT app_passwords.*, used_at, last_uses.protocol, client, device"
                        + WITH_LAST_USE + conditions.where() + " ORDER BY id LIMIT :limit"))
                .bind("limit", Math.min(limit, MOST))
                .map(SqlAppPasswordList::listed)
                .list());
    }

    @Override
    public long count(AppPasswordFilter filter) throws StoreUnavailableException {
        Conditions conditions = conditions(filter);
        return database.read(sql -> conditions
                .bind(sql.createQuery("SELECT count(*)" + WITH_LAST_USE + conditions.where()))
                .mapTo(Long.class)
                .one());
    }

    private static Conditions conditions(AppPasswordFilter filter) {
        Conditions conditions = new Conditions().and("revoked_at IS NULL");
        filter.unusedSince()
                .ifPresent(then ->
                        conditions.and("coalesce(used_at, created_at) < :unused", "unused", then.toEpochMilli()));
        filter.createdBefore()
                .ifPresent(then -> conditions.and("created_at < :created", "created", then.toEpochMilli()));
        filter.group().ifPresent(one -> conditions.and("""
                        owner IN (SELECT login_name FROM accounts
                        WHERE coalesce(owner_group, person_group) = :group)""", "group", one.strip()));
        filter.domain()
                .ifPresent(one -> conditions.and(
                        "owner LIKE :domain ESCAPE '!'",
                        "domain",
                        "%@" + Conditions.escaped(one.toLowerCase(Locale.ROOT))));
        filter.protocol()
                .ifPresent(
                        one -> conditions.and("' ' || protocols || ' ' LIKE :protocol", "protocol", "% " + one + " %"));
        return conditions;
    }

    private static Listed listed(ResultSet row, StatementContext context) throws SQLException {
        return new Listed(
                AppPasswordRows.appPassword(row, context),
                Rows.optionalInstant(row, "used_at").isPresent()
                        ? Optional.of(LastUseRows.use(row))
                        : Optional.empty());
    }
}

package postern.credentials.store;

import java.util.List;
import java.util.Locale;
import postern.credentials.Account;
import postern.credentials.StoreUnavailableException;
import postern.credentials.report.AccountFilter;
import postern.credentials.report.Accounts;

/** {@link Accounts} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlAccountList implements Accounts {

    private final Database database;

    public SqlAccountList(Database database) {
        this.database = database;
    }

    @Override
    public List<Account> page(AccountFilter filter, String after, int limit) throws StoreUnavailableException {
        Conditions conditions = conditions(filter).and("login_name > :after", "after", after);
        return database.read(sql -> conditions
                .bind(sql.createQuery(
                        "SELECT * FROM accounts" + conditions.where() + " ORDER BY login_name LIMIT :limit"))
                .bind("limit", Math.min(limit, MOST))
                .map(AccountRows::account)
                .list());
    }

    @Override
    public long count(AccountFilter filter) throws StoreUnavailableException {
        Conditions conditions = conditions(filter);
        return database.read(sql -> conditions
                .bind(sql.createQuery("SELECT count(*) FROM accounts" + conditions.where()))
                .mapTo(Long.class)
                .one());
    }

    private static Conditions conditions(AccountFilter filter) {
        Conditions conditions = new Conditions();
        filter.name()
                .ifPresent(part ->
                        conditions.and("""
                        EXISTS (SELECT 1 FROM login_names WHERE account = login_name AND name LIKE :part ESCAPE '!')""", "part", "%" + Conditions.escaped(part.toLowerCase(Locale.ROOT)) + "%"));
        filter.enabled().ifPresent(is -> conditions.and("enabled = :enabled", "enabled", Rows.yes(is)));
        filter.device().ifPresent(is -> conditions.and("owner_group IS " + (is ? "NOT " : "") + "NULL"));
        filter.group()
                .ifPresent(one -> conditions.and("coalesce(owner_group, person_group) = :group", "group", one.strip()));
        filter.role().ifPresent(one -> conditions.and("role = :role", "role", one.name()));
        return conditions;
    }
}

package postern.credentials.store;

import static postern.credentials.AccountStore.AliasAddition.ADDED;
import static postern.credentials.AccountStore.AliasAddition.NO_SUCH_ACCOUNT;
import static postern.credentials.AccountStore.AliasAddition.TAKEN;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import postern.credentials.Account;
import postern.credentials.AccountStore;
import postern.credentials.By;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AliasAdded;
import postern.credentials.Change.Missed;
import postern.credentials.LoginName;
import postern.credentials.PolicySubject;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeWriter.Made;

/** {@link AccountStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlAccounts implements AccountStore {

    /** All that belongs to an account, what refers to something else first; and their name where it stands. */
    private static final List<String> ERASE = List.of(
            "UPDATE jobs SET actor_kind = 'system', actor_name = 'erased', actor_strength = NULL"
                    + " WHERE actor_kind IN ('person', 'administrator')"
                    + " AND actor_name IN (SELECT name FROM login_names WHERE account = :name)",
            "DELETE FROM job_criteria WHERE value = :name"
                    + " OR value IN (SELECT id FROM app_passwords WHERE owner = :name)",
            "DELETE FROM last_uses WHERE app_password IN (SELECT id FROM app_passwords WHERE owner = :name)",
            "DELETE FROM legacy_tls_uses WHERE app_password IN (SELECT id FROM app_passwords WHERE owner = :name)",
            "DELETE FROM device_uses WHERE app_password IN (SELECT id FROM app_passwords WHERE owner = :name)",
            "DELETE FROM sent WHERE app_password IN (SELECT id FROM app_passwords WHERE owner = :name)",
            "DELETE FROM setup_links WHERE owner = :name",
            "DELETE FROM live_sessions WHERE owner = :name",
            "DELETE FROM app_passwords WHERE owner = :name",
            "DELETE FROM job_items WHERE owner = :name",
            "DELETE FROM familiar_sources WHERE account = :name",
            "DELETE FROM holds WHERE kind <> 'source'"
                    + " AND subject IN (SELECT name FROM login_names WHERE account = :name)",
            "DELETE FROM login_names WHERE account = :name",
            "DELETE FROM policies WHERE subject = :policy",
            "UPDATE api_tokens SET creator_kind = NULL, creator = NULL"
                    + " WHERE creator = :name AND creator_kind IN ('PERSON', 'ADMINISTRATOR')",
            "DELETE FROM consents WHERE owner = :name"
                    + " OR owner = (SELECT mailbox FROM accounts WHERE login_name = :name)",
            "DELETE FROM grants WHERE owner = :name"
                    + " OR owner = (SELECT mailbox FROM accounts WHERE login_name = :name)");

    private final Database database;
    private final ChangeWriter changes;
    private final AuditUpkeep upkeep;
    private final AuditedChanges audited;

    /**
     * Over the trail that erasures take the person out of.
     *
     * @param upkeep of the same trail
     */
    public SqlAccounts(ChangeWriter changes, AuditUpkeep upkeep) {
        this.changes = changes;
        this.database = changes.database();
        this.audited = changes.audited();
        this.upkeep = upkeep;
    }

    @Override
    public boolean add(Account account, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            if (canonical(sql, account.loginName()).isPresent()) {
                return Made.nothing(false);
            }
            AccountRows.insert(sql, account);
            lead(sql, account.loginName(), account.loginName());
            return Made.of(true, new AccountAdded(account.loginName()), audited.created(account, by));
        });
    }

    @Override
    public Optional<Account> account(LoginName name) throws StoreUnavailableException {
        return database.read(sql -> canonical(sql, name).flatMap(known -> AccountRows.find(sql, known, "")));
    }

    @Override
    public Optional<Account> revise(LoginName loginName, UnaryOperator<Account> change, By by)
            throws StoreUnavailableException {
        return changes.make(sql -> {
            Optional<Account> before = AccountRows.find(sql, loginName, database.rowLock());
            Optional<Account> after = before.map(change);
            if (after.equals(before)) {
                return Made.nothing(after);
            }
            AccountRows.update(sql, after.orElseThrow());
            return Made.of(
                    after,
                    new AccountChanged(loginName),
                    audited.revised(before.orElseThrow(), after.orElseThrow(), by));
        });
    }

    @Override
    public Set<LoginName> aliases(LoginName loginName) throws StoreUnavailableException {
        return database.read(sql -> aliases(sql, loginName));
    }

    @Override
    public AliasAddition addAlias(LoginName loginName, LoginName alias, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            if (AccountRows.find(sql, loginName, database.rowLock()).isEmpty()) {
                return Made.nothing(NO_SUCH_ACCOUNT);
            }
            return lead(sql, alias, loginName)
                    ? Made.of(ADDED, new AliasAdded(loginName, alias), audited.aliasAdded(loginName, alias, by))
                    : Made.nothing(TAKEN);
        });
    }

    @Override
    public boolean removeAlias(LoginName loginName, LoginName alias, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            int rows = sql.createUpdate("""
                            DELETE FROM login_names WHERE name = :alias AND account = :name AND name <> account""")
                    .bind("alias", alias.value())
                    .bind("name", loginName.value())
                    .execute();
            return rows == 1
                    ? Made.of(true, new AccountChanged(loginName), audited.aliasRemoved(loginName, alias, by))
                    : Made.nothing(false);
        });
    }

    @Override
    public boolean erase(LoginName loginName, By by) throws StoreUnavailableException {
        boolean erased = changes.make(sql -> {
            if (AccountRows.find(sql, loginName, database.rowLock()).isEmpty()) {
                return Made.nothing(false);
            }
            Set<LoginName> names = new HashSet<>(aliases(sql, loginName));
            names.add(loginName);
            for (String statement : ERASE) {
                sql.createUpdate(statement)
                        .bind("name", loginName.value())
                        .bind("policy", new PolicySubject.One(loginName).toString())
                        .execute();
            }
            sql.createUpdate("DELETE FROM accounts WHERE login_name = :name")
                    .bind("name", loginName.value())
                    .execute();
            names.forEach(name -> {
                upkeep.forget(sql, name, by.actor()); // tells of it, too
                ChangeLog.forget(sql, name);
            });
            return Made.of(true, new Missed(), List.of());
        });
        if (erased) {
            upkeep.finishErasures();
        }
        return erased;
    }

    static List<LoginName> names(Handle sql, String after, int limit) {
        return sql
                .createQuery("SELECT name FROM login_names WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .stream()
                .map(LoginName::new)
                .toList();
    }

    static Optional<LoginName> canonical(Handle sql, LoginName name) {
        return sql.createQuery("SELECT account FROM login_names WHERE name = :name")
                .bind("name", name.value())
                .mapTo(String.class)
                .findOne()
                .map(LoginName::new);
    }

    static Set<LoginName> aliases(Handle sql, LoginName account) {
        return sql
                .createQuery("SELECT name FROM login_names WHERE account = :name AND name <> account")
                .bind("name", account.value())
                .mapTo(String.class)
                .stream()
                .map(LoginName::new)
                .collect(Collectors.toSet());
    }

    /** False when the name leads somewhere already. */
    private static boolean lead(Handle sql, LoginName name, LoginName account) {
        return sql.createUpdate(
                                "INSERT INTO login_names (name, account) VALUES (:name, :account) ON CONFLICT DO NOTHING")
                        .bind("name", name.value())
                        .bind("account", account.value())
                        .execute()
                == 1;
    }
}

package postern.credentials.store;

import static postern.credentials.CredentialStore.Addition.ADDED;
import static postern.credentials.CredentialStore.Addition.IMPORTED_BEFORE;
import static postern.credentials.CredentialStore.Addition.LIMIT_REACHED;
import static postern.credentials.CredentialStore.Addition.NO_SUCH_ACCOUNT;
import static postern.credentials.CredentialStore.Addition.TAG_TAKEN;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.CredentialStore;
import postern.credentials.Imports;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.Policy;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeWriter.Made;

/** {@link CredentialStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlCredentialStore implements CredentialStore {

    private static final String REVOKE = "UPDATE app_passwords SET revoked_at = :at, hash = '', pepper = NULL"
            + " WHERE owner = :owner AND revoked_at IS NULL ";

    private final Database database;
    private final ChangeWriter changes;
    private final AuditedChanges audited;

    public SqlCredentialStore(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
        this.audited = changes.audited();
    }

    @Override
    public List<LoginName> names(String after, int limit) throws StoreUnavailableException {
        return database.read(sql -> SqlAccounts.names(sql, after, limit));
    }

    @Override
    public Optional<LoginName> canonical(LoginName typed) throws StoreUnavailableException {
        return database.read(sql -> SqlAccounts.canonical(sql, typed));
    }

    @Override
    public Optional<AccountSnapshot> snapshot(LoginName loginName, Policy configuration)
            throws StoreUnavailableException {
        return database.read(sql -> Snapshot.read(sql, loginName, configuration));
    }

    @Override
    public Addition add(AppPassword made, int limit, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            if (AccountRows.find(sql, made.owner(), database.rowLock()).isEmpty()) {
                return Made.nothing(NO_SUCH_ACCOUNT);
            } else if (countLive(sql, made) >= limit) {
                return Made.nothing(LIMIT_REACHED, audited.limitReached(made.owner(), limit, by));
            } else if (!AppPasswordRows.insert(sql, made)) {
                return Made.nothing(made.proof().findableBy().isPresent() ? TAG_TAKEN : IMPORTED_BEFORE);
            }
            return Made.of(ADDED, new Issued(made.owner(), made.id()), audited.created(made, by));
        });
    }

    @Override
    public List<AppPassword> of(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> AppPasswordRows.of(sql, owner));
    }

    @Override
    public List<AppPassword> imported(String after, int limit) throws StoreUnavailableException {
        return database.read(sql -> AppPasswordRows.imported(sql, after, limit));
    }

    @Override
    public Optional<LoginName> ownerOf(AppPasswordId id) throws StoreUnavailableException {
        return database.read(
                sql -> sql.createQuery("SELECT owner FROM app_passwords WHERE id = :id AND revoked_at IS NULL")
                        .bind("id", id.value())
                        .mapTo(String.class)
                        .findOne()
                        .map(LoginName::new));
    }

    @Override
    public Imports countImported() throws StoreUnavailableException {
        return database.read(AppPasswordRows::countImported);
    }

    @Override
    public Optional<AppPassword> revise(LoginName owner, AppPasswordId id, UnaryOperator<AppPassword> change, By by)
            throws StoreUnavailableException {
        return changes.make(sql -> {
            Optional<AppPassword> before = AppPasswordRows.find(sql, owner, id, database.rowLock());
            Optional<AppPassword> after = before.map(change);
            if (after.equals(before)) {
                return Made.nothing(after);
            }
            AppPasswordRows.update(sql, after.orElseThrow());
            return Made.of(
                    after, new Revised(owner, id), audited.revised(before.orElseThrow(), after.orElseThrow(), by));
        });
    }

    @Override
    public boolean revoke(LoginName owner, AppPasswordId id, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            int rows = sql.createUpdate(REVOKE + "AND id = :id")
                    .bind("at", by.at().toEpochMilli())
                    .bind("owner", owner.value())
                    .bind("id", id.value())
                    .execute();
            SqlSetupLinks.forgetRevoked(sql, owner);
            return rows == 1
                    ? Made.of(true, new Revoked(owner, id), audited.revoked(owner, id, by))
                    : Made.nothing(false);
        });
    }

    @Override
    public int revokeAll(LoginName owner, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            int rows = sql.createUpdate(REVOKE)
                    .bind("at", by.at().toEpochMilli())
                    .bind("owner", owner.value())
                    .execute();
            SqlSetupLinks.forgetRevoked(sql, owner);
            return rows > 0
                    ? Made.of(rows, new AllRevoked(owner), audited.revokedAll(owner, rows, by))
                    : Made.nothing(0);
        });
    }

    @Override
    public void missed(LoginName owner, Set<AppPasswordId> tried, int most, By by) throws StoreUnavailableException {
        Set<AppPasswordId> tooOften = database.change(sql -> AppPasswordRows.missed(sql, tried, most));
        for (AppPasswordId id : tooOften) {
            var _ = revise(owner, id, AppPassword::suspend, by);
        }
    }

    @Override
    public void hit(Set<AppPasswordId> used) throws StoreUnavailableException {
        database.change(sql -> {
            AppPasswordRows.hit(sql, used);
            return null;
        });
    }

    @Override
    public Map<AppPasswordId, LastUse> lastUses(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> LastUseRows.of(sql, owner));
    }

    @Override
    public void used(Map<AppPasswordId, LastUse> uses) throws StoreUnavailableException {
        database.change(sql -> {
            LastUseRows.write(sql, uses);
            return null;
        });
    }

    @Override
    public int forgetClients(Instant before) throws StoreUnavailableException {
        return database.change(sql -> LastUseRows.removeAddresses(sql, before));
    }

    @Override
    public int forgetRevoked(Instant before) throws StoreUnavailableException {
        return database.change(sql -> {
            String forgotten = "SELECT id FROM app_passwords WHERE revoked_at < :before";
            for (String table : List.of("last_uses", "legacy_tls_uses", "device_uses", "setup_links")) {
                sql.createUpdate("DELETE FROM " + table + " WHERE app_password IN (" + forgotten + ")")
                        .bind("before", before.toEpochMilli())
                        .execute();
            }
            return sql.createUpdate("DELETE FROM app_passwords WHERE revoked_at < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
        });
    }

    private static int countLive(Handle sql, AppPassword made) {
        return sql.createQuery("""
                        SELECT count(*) FROM app_passwords WHERE owner = :owner AND revoked_at IS NULL
                        AND (expires_at IS NULL OR expires_at > :now)""")
                .bind("owner", made.owner().value())
                .bind("now", made.createdAt().toEpochMilli())
                .mapTo(Integer.class)
                .one();
    }
}

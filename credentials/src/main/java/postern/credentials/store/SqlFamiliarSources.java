package postern.credentials.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import postern.credentials.By;
import postern.credentials.Change.AccountChanged;
import postern.credentials.FamiliarSource;
import postern.credentials.FamiliarSourceStore;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeWriter.Made;

/** {@link FamiliarSourceStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlFamiliarSources implements FamiliarSourceStore {

    private final Database database;
    private final ChangeWriter changes;

    public SqlFamiliarSources(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
    }

    @Override
    public Map<SourceNetwork, Instant> of(LoginName account) throws StoreUnavailableException {
        return database.read(sql -> FamiliarSourceRows.of(sql, account));
    }

    @Override
    public void seen(Map<FamiliarSource, Instant> sources, int most) throws StoreUnavailableException {
        List<LoginName> accounts = sources.keySet().stream()
                .map(FamiliarSource::account)
                .distinct()
                .toList();
        database.change(sql -> {
            FamiliarSourceRows.write(sql, sources);
            FamiliarSourceRows.trim(sql, accounts, most);
            return null;
        });
    }

    @Override
    public int clear(LoginName account, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            int rows = sql.createUpdate("DELETE FROM familiar_sources WHERE account = :account")
                    .bind("account", account.value())
                    .execute();
            // Also of none: a node may know one that is not written yet.
            return Made.of(
                    rows, new AccountChanged(account), changes.audited().familiarSourcesCleared(account, rows, by));
        });
    }

    @Override
    public int forgetSeenBefore(Instant then) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("DELETE FROM familiar_sources WHERE seen_at < :then")
                .bind("then", then.toEpochMilli())
                .execute());
    }
}

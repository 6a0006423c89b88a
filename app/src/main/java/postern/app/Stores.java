package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import postern.config.Settings;
import postern.credentials.AccountStore;
import postern.credentials.CredentialStore;
import postern.credentials.FamiliarSourceStore;
import postern.credentials.HoldStore;
import postern.credentials.KeyMarks;
import postern.credentials.PolicyStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.Database;
import postern.credentials.store.Housekeeping;
import postern.credentials.store.SqlAccounts;
import postern.credentials.store.SqlCredentialStore;
import postern.credentials.store.SqlFamiliarSources;
import postern.credentials.store.SqlHolds;
import postern.credentials.store.SqlKeyMarks;
import postern.credentials.store.SqlPolicies;

/** All that stands on the one database, and the feed that tells of its changes. */
record Stores(
        ChangeFeed feed,
        AccountStore accounts,
        CredentialStore credentials,
        PolicyStore policies,
        FamiliarSourceStore familiarSources,
        HoldStore holds,
        KeyMarks keyMarks) {

    static Stores open(DataDirectory data, Settings settings, InstantSource clock, Shutdown shutdown)
            throws StoreUnavailableException {
        Database database = shutdown.of("store", data.database());
        ChangeFeed feed = shutdown.of(
                "change feed",
                ChangeFeed.open(database, settings.store().pollInterval(), clock, Ticker.systemTicker()));
        CredentialStore credentials = new SqlCredentialStore(database, feed);
        FamiliarSourceStore familiarSources = new SqlFamiliarSources(database, feed);
        HoldStore holds = new SqlHolds(database, feed);
        Duration keep = settings.lockout().familiar().keep();
        shutdown.of(
                "housekeeping",
                Housekeeping.open(
                        List.of(
                                Housekeeping.tombstones(credentials),
                                now -> familiarSources.forgetSeenBefore(now.minus(keep)),
                                holds::forgetOver),
                        clock));
        return new Stores(
                feed,
                new SqlAccounts(database, feed),
                credentials,
                new SqlPolicies(database, feed),
                familiarSources,
                holds,
                new SqlKeyMarks(database));
    }
}

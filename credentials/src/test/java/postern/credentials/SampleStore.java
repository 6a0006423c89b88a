package postern.credentials;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import postern.credentials.store.ChangeFeed;
import postern.credentials.store.Database;
import postern.credentials.store.SqlAccounts;
import postern.credentials.store.SqlCredentialStore;
import postern.credentials.store.SqlFamiliarSources;
import postern.credentials.store.SqlHolds;
import postern.credentials.store.SqlPolicies;
import postern.credentials.store.SqliteDatabase;

/** All that stands on one database. */
public record SampleStore(
        Database database,
        ChangeFeed feed,
        AccountStore accounts,
        CredentialStore credentials,
        PolicyStore policies,
        FamiliarSourceStore familiarSources,
        HoldStore holds)
        implements AutoCloseable {

    public static SampleStore on(Database database, ChangeFeed feed) {
        return new SampleStore(
                database,
                feed,
                new SqlAccounts(database, feed),
                new SqlCredentialStore(database, feed),
                new SqlPolicies(database, feed),
                new SqlFamiliarSources(database, feed),
                new SqlHolds(database, feed));
    }

    public static SampleStore on(Database database) throws StoreUnavailableException {
        return on(database, SampleLogins.feedOf(database));
    }

    /** The real store, forgetting: Ada is in it, with these. */
    public static SampleStore with(AppPassword... appPasswords) {
        try {
            SampleStore store = on(SqliteDatabase.inMemory());
            store.accounts().add(Account.person(ADA, MONDAY.minusSeconds(7200)), ROOT);
            for (AppPassword one : appPasswords) {
                store.credentials().add(one, 40, ROOT);
            }
            return store;
        } catch (StoreUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        feed.close();
        database.close();
    }
}

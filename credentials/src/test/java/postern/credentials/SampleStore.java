package postern.credentials;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.security.SecureRandom;
import postern.credentials.store.AuditUpkeep;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.ChangeWriter;
import postern.credentials.store.Database;
import postern.credentials.store.SqlAccounts;
import postern.credentials.store.SqlAuditTrail;
import postern.credentials.store.SqlCredentialStore;
import postern.credentials.store.SqlDeviceUses;
import postern.credentials.store.SqlFamiliarSources;
import postern.credentials.store.SqlHolds;
import postern.credentials.store.SqlLegacyTls;
import postern.credentials.store.SqlPolicies;
import postern.credentials.store.SqlSessionEnds;
import postern.credentials.store.SqliteDatabase;

/** All that stands on one database. */
public record SampleStore(
        Database database,
        ChangeFeed feed,
        ChangeWriter changes,
        SqlAuditTrail trail,
        AuditUpkeep upkeep,
        AccountStore accounts,
        CredentialStore credentials,
        PolicyStore policies,
        FamiliarSourceStore familiarSources,
        HoldStore holds,
        SqlSessionEnds sessionEnds,
        SqlLegacyTls legacyTls,
        SqlDeviceUses deviceUses)
        implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static SampleStore on(Database database, ChangeFeed feed) {
        SqlAuditTrail trail = new SqlAuditTrail(database, "node", RANDOM, _ -> {});
        AuditUpkeep upkeep = new AuditUpkeep(trail, () -> MONDAY, RANDOM);
        ChangeWriter changes = new ChangeWriter(database, feed, trail, RANDOM);
        return new SampleStore(
                database,
                feed,
                changes,
                trail,
                upkeep,
                new SqlAccounts(changes, upkeep),
                new SqlCredentialStore(changes),
                new SqlPolicies(changes),
                new SqlFamiliarSources(changes),
                new SqlHolds(changes),
                new SqlSessionEnds(changes),
                new SqlLegacyTls(database),
                new SqlDeviceUses(database));
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

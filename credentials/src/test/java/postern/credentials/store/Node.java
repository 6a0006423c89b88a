package postern.credentials.store;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.PersonAdded;
import postern.credentials.CredentialStore;
import postern.credentials.SampleLogins;
import postern.credentials.StoreUnavailableException;
import postern.credentials.issue.SecretGenerator;

/** One of several on the same database, and what it has heard of app passwords. */
record Node(Database database, ChangeFeed feed, CredentialStore store, List<Change> heard) implements AutoCloseable {

    static final Duration SELDOM = Duration.ofSeconds(30);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretGenerator SECRETS = new SecretGenerator(RANDOM);

    static Node on(Database database, Duration pollInterval) throws StoreUnavailableException {
        ChangeFeed feed = ChangeFeed.open(database, pollInterval, InstantSource.system(), Ticker.systemTicker());
        List<Change> heard = new CopyOnWriteArrayList<>();
        feed.listen(change -> {
            if (!(change instanceof PersonAdded)) {
                heard.add(change);
            }
        });
        return new Node(database, feed, new SqlCredentialStore(database, feed), heard);
    }

    /** One more for Ada. */
    AppPasswordId issue() throws StoreUnavailableException {
        AppPassword made = SampleLogins.appPassword(
                AppPasswordId.draw(RANDOM), SampleLogins.typed(SECRETS.draw()), Optional.empty());
        if (store.add(made, Integer.MAX_VALUE) != CredentialStore.Addition.ADDED) {
            throw new AssertionError("not added");
        }
        return made.id();
    }

    void revoke(AppPasswordId id) throws StoreUnavailableException {
        if (!store.revoke(SampleLogins.ADA, id, SampleLogins.MONDAY)) {
            throw new AssertionError("not revoked");
        }
    }

    @Override
    public void close() {
        feed.close();
        database.close();
    }
}

package postern.credentials.store;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.CredentialStore;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.issue.SecretGenerator;

/** One of several on the same database, and what it has heard of app passwords. */
record Node(SampleStore sample, List<Change> heard) implements AutoCloseable {

    static final Duration SELDOM = Duration.ofSeconds(30);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretGenerator SECRETS = new SecretGenerator(RANDOM);

    static Node on(Database database, Duration pollInterval) throws StoreUnavailableException {
        ChangeFeed feed = ChangeFeed.open(database, pollInterval, InstantSource.system(), Ticker.systemTicker());
        List<Change> heard = new CopyOnWriteArrayList<>();
        feed.listen(change -> {
            if (!(change instanceof AccountAdded)) {
                heard.add(change);
            }
        });
        return new Node(SampleStore.on(database, feed), heard);
    }

    Database database() {
        return sample.database();
    }

    ChangeFeed feed() {
        return sample.feed();
    }

    CredentialStore store() {
        return sample.credentials();
    }

    void addAda() throws StoreUnavailableException {
        sample.accounts().add(Account.person(ADA, MONDAY), ROOT);
    }

    /** One more for Ada. */
    AppPasswordId issue() throws StoreUnavailableException {
        AppPassword made = SampleLogins.appPassword(
                AppPasswordId.draw(RANDOM), SampleLogins.typed(SECRETS.draw(20)), Optional.empty());
        if (store().add(made, Integer.MAX_VALUE, ROOT) != CredentialStore.Addition.ADDED) {
            throw new AssertionError("not added");
        }
        return made.id();
    }

    void revoke(AppPasswordId id) throws StoreUnavailableException {
        if (!store().revoke(ADA, id, ROOT)) {
            throw new AssertionError("not revoked");
        }
    }

    @Override
    public void close() {
        sample.close();
    }
}

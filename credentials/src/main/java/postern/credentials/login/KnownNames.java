package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.GrantChanged;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/**
 * Every name that leads to an account: so that a flood of names that somebody invents asks the store
 * for none of them. It only grows, with the accounts and not with the guesses; a name that leads nowhere
 * any more costs a look into the store, and one that may have come since is looked for there.
 */
final class KnownNames {

    private static final Logger LOG = LoggerFactory.getLogger(KnownNames.class);
    private static final int PAGE = 10_000;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final CredentialStore store;
    private final Executor readers;
    private final Ticker ticker;
    private final Set<LoginName> names = ConcurrentHashMap.newKeySet();

    /** How often something came that may have brought a name, and how much of that the names have in them. */
    private final AtomicLong brought = new AtomicLong(1);

    private final AtomicLong taken = new AtomicLong();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile long notBefore;

    KnownNames(CredentialStore store, Executor readers, Ticker ticker) {
        this.store = store;
        this.readers = readers;
        this.ticker = ticker;
        this.notBefore = ticker.read();
    }

    void heard(Change change) {
        switch (change) {
            case AccountAdded(LoginName name) -> names.add(name);
            case AccountChanged _, Missed _ -> brought.incrementAndGet(); // an alias, perhaps
            case Issued _,
                    Revised _,
                    Revoked _,
                    AllRevoked _,
                    PolicyChanged _,
                    HoldsBegan _,
                    HoldCleared _,
                    GrantChanged _ -> {}
        }
    }

    /** False when this name surely leads to nobody. */
    boolean mayLead(LoginName name) {
        if (names.contains(name)) {
            return true;
        }
        boolean isComplete = taken.get() == brought.get();
        if (!isComplete && ticker.read() - notBefore >= 0 && reading.compareAndSet(false, true)) {
            readers.execute(this::read);
        }
        return taken.get() != brought.get() || names.contains(name);
    }

    private void read() {
        long before = brought.get();
        try {
            List<LoginName> page = store.names("", PAGE);
            while (!page.isEmpty()) {
                names.addAll(page);
                page = store.names(page.getLast().value(), PAGE);
            }
            taken.set(before);
        } catch (StoreUnavailableException | RuntimeException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("names cannot be read, trying on");
        } finally {
            notBefore = ticker.read() + BETWEEN_TRIES.toNanos();
            reading.set(false);
        }
    }
}

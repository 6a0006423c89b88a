package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AliasAdded;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.ApiTokenChanged;
import postern.credentials.Change.GrantChanged;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/**
 * Every name that leads to an account: so that a flood of names that somebody invents never reaches the
 * store. It grows with the accounts and not with the guesses. All are read once, and again when changes were
 * missed; whoever brings another name meanwhile waits for that one reading, and asks for nothing of their own.
 */
final class KnownNames {

    private static final Logger LOG = LoggerFactory.getLogger(KnownNames.class);
    private static final int PAGE = 10_000;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final CredentialStore store;
    private final Executor readers;
    private final Ticker ticker;

    /** With each, the number of the addition that brought it last. */
    private final Map<LoginName, Long> names = new ConcurrentHashMap<>();

    private final AtomicLong additions = new AtomicLong();

    /** How often a change may have brought a name that nobody told of. */
    private final AtomicLong missed = new AtomicLong();

    /** After which no name is missing. */
    private final AtomicReference<CompletableFuture<Void>> reading = new AtomicReference<>(notRead());

    private volatile long notBefore;

    KnownNames(CredentialStore store, Executor readers, Ticker ticker) {
        this.store = store;
        this.readers = readers;
        this.ticker = ticker;
        this.notBefore = ticker.read();
    }

    void heard(Change change) {
        switch (change) {
            case AccountAdded(LoginName name) -> add(name);
            case AliasAdded(var _, LoginName alias) -> add(alias);
            case Missed _ -> {
                notBefore = ticker.read();
                reading.set(notRead());
                missed.incrementAndGet();
            }
            case AccountChanged _,
                    Issued _,
                    Revised _,
                    Revoked _,
                    AllRevoked _,
                    PolicyChanged _,
                    HoldsBegan _,
                    HoldCleared _,
                    SessionsEnded _,
                    ApiTokenChanged _,
                    GrantChanged _ -> {}
        }
    }

    /**
     * Which addition brought it; none when this name surely leads to nobody. Waits for the names, and for nothing
     * else.
     */
    Optional<Long> broughtBy(LoginName name) throws StoreUnavailableException {
        if (!names.containsKey(name)) {
            awaitComplete();
        }
        return Optional.ofNullable(names.get(name));
    }

    /** Whether that is sure without waiting for anything. */
    boolean leadsNowhere(LoginName name) {
        CompletableFuture<Void> last = reading.get();
        return last.isDone() && !last.isCompletedExceptionally() && !names.containsKey(name);
    }

    /** The store knows no account of that name any more; or another addition has brought it again. */
    void forget(LoginName name, long broughtBy) {
        names.remove(name, broughtBy);
    }

    private void add(LoginName name) {
        names.put(name, additions.incrementAndGet());
    }

    private void awaitComplete() throws StoreUnavailableException {
        long before;
        do {
            before = missed.get();
            try {
                reading().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof StoreUnavailableException away
                        ? away
                        : new StoreUnavailableException("names cannot be read", e);
            }
        } while (before != missed.get());
    }

    /** The last one, or a new one if that failed a while ago. */
    private CompletableFuture<Void> reading() {
        while (true) {
            CompletableFuture<Void> last = reading.get();
            if (!last.isCompletedExceptionally() || ticker.read() - notBefore < 0) {
                return last;
            }
            CompletableFuture<Void> next = new CompletableFuture<>();
            if (reading.compareAndSet(last, next)) {
                readers.execute(() -> read(next));
                return next;
            }
        }
    }

    private void read(CompletableFuture<Void> told) {
        try {
            List<LoginName> page = store.names("", PAGE);
            while (!page.isEmpty()) {
                page.forEach(this::add);
                page = store.names(page.getLast().value(), PAGE);
            }
            told.complete(null);
        } catch (StoreUnavailableException | RuntimeException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("names cannot be read, trying on");
            notBefore = ticker.read() + BETWEEN_TRIES.toNanos();
            told.completeExceptionally(e);
        }
    }

    private static CompletableFuture<Void> notRead() {
        return CompletableFuture.failedFuture(new TimeoutException("not read yet"));
    }
}

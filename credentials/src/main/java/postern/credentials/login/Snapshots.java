package postern.credentials.login;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import postern.credentials.AccountSnapshot;
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
import postern.credentials.FamiliarSources;
import postern.credentials.LoginName;
import postern.credentials.Policy;
import postern.credentials.StoreUnavailableException;

/**
 * What the store says of each account, kept until it says something else. Clients log in all day long;
 * only who is not known here costs a look into the store, and a name that somebody invented costs none.
 *
 * <p>What is kept is believed only as long as the changes are heard. A node that has lost the store goes
 * on for a while with those it knows, and then for nobody; meanwhile it says that it may be behind.
 */
public final class Snapshots {

    /** Uses are written without a change being told, so what is kept must not be older than a day. */
    private static final Duration REREAD_AFTER = Duration.ofHours(12);

    private static final long MOST_ALIASES = 100_000;

    private final CredentialStore store;
    private final Policy configuration;
    private final FamiliarSources familiarSources;
    private final Hearing hearing;
    private final AsyncLoadingCache<LoginName, AccountSnapshot> snapshots;
    private final Cache<LoginName, LoginName> aliases;
    private final KnownNames knownNames;

    /**
     * @param familiarSources learn what the store says of each account that is read
     * @param hearing whether changes are heard
     * @param readers starts a virtual thread for each look into the store
     */
    public Snapshots(
            CredentialStore store,
            Policy configuration,
            FamiliarSources familiarSources,
            long most,
            Hearing hearing,
            Executor readers,
            Ticker ticker) {
        this.store = store;
        this.configuration = configuration;
        this.familiarSources = familiarSources;
        this.hearing = hearing;
        this.snapshots = Caffeine.newBuilder()
                .maximumSize(most)
                .refreshAfterWrite(REREAD_AFTER)
                .ticker(ticker)
                .executor(readers)
                .buildAsync(new Reader());
        this.aliases = Caffeine.newBuilder().maximumSize(MOST_ALIASES).build();
        this.knownNames = new KnownNames(store, readers, ticker);
    }

    /** Hears from the change feed, before anybody who asks this. */
    public void heard(Change change) {
        knownNames.heard(change);
        switch (change) {
            case AccountAdded(LoginName name) -> forget(name);
            case AliasAdded(LoginName account, var _) -> forget(account);
            case AccountChanged(LoginName name) -> {
                forget(name);
                familiarSources.forget(name);
            }
            case Issued(LoginName owner, var _) -> forget(owner);
            case Revised(LoginName owner, var _) -> forget(owner);
            case Revoked(LoginName owner, var _) -> forget(owner);
            case AllRevoked(LoginName owner) -> forget(owner);
            case HoldsBegan _,
                    HoldCleared _,
                    SessionsEnded _,
                    GrantChanged _,
                    ApiTokenChanged _ -> {} // nothing of an account
            case PolicyChanged _, Missed _ -> snapshots.synchronous().invalidateAll();
        }
    }

    /** The account that the name leads to, as it is now. Waits for the store when it has to. */
    public Optional<AccountSnapshot> of(LoginName typed) throws StoreUnavailableException {
        Duration unheard = hearing.silence().get();
        if (hearing.isLostAfter(unheard)) {
            throw new StoreUnavailableException(
                    "out of reach for " + unheard.toSeconds() + " s (expected: at most "
                            + hearing.longest().toSeconds() + " s)",
                    new TimeoutException());
        }
        CompletableFuture<AccountSnapshot> kept = snapshots.getIfPresent(likely(typed));
        AccountSnapshot snapshot = kept == null ? null : await(kept);
        return snapshot != null && snapshot.answersTo(typed) ? Optional.of(snapshot) : search(typed);
    }

    /** What a name leads to, and that may be nobody. */
    record Lead(Optional<AccountSnapshot> account) {}

    /** The same as far as nothing has to be read for it. Never waits. */
    Optional<Lead> atHand(LoginName typed) {
        if (hearing.isLostAfter(hearing.silence().get())) {
            return Optional.empty();
        }
        CompletableFuture<AccountSnapshot> kept = snapshots.getIfPresent(likely(typed));
        Optional<AccountSnapshot> account =
                kept == null ? Optional.empty() : read(kept).filter(known -> known.answersTo(typed));
        return account.isPresent() || knownNames.leadsNowhere(typed)
                ? Optional.of(new Lead(account))
                : Optional.empty();
    }

    /** Whether others may have changed something that nobody has told here. */
    public boolean mayBeBehind() {
        return hearing.isInDoubt();
    }

    /** The same from what is known here, and of no other name than its own. Never waits; what is not known is being read. */
    public Optional<AccountSnapshot> known(LoginName account) {
        return read(snapshots.get(account));
    }

    private static Optional<AccountSnapshot> read(CompletableFuture<AccountSnapshot> kept) {
        return kept.isDone() && !kept.isCompletedExceptionally() ? Optional.ofNullable(kept.join()) : Optional.empty();
    }

    private LoginName likely(LoginName typed) {
        LoginName account = aliases.getIfPresent(typed);
        return account == null ? typed : account;
    }

    private Optional<AccountSnapshot> search(LoginName typed) throws StoreUnavailableException {
        Optional<Long> broughtBy = knownNames.broughtBy(typed);
        if (broughtBy.isEmpty()) {
            return Optional.empty();
        }
        Optional<LoginName> account = store.canonical(typed);
        if (account.isEmpty()) {
            knownNames.forget(typed, broughtBy.get());
            return Optional.empty();
        }
        if (!account.get().equals(typed)) {
            aliases.put(typed, account.get());
        }
        return Optional.ofNullable(await(snapshots.get(account.get())));
    }

    private void forget(LoginName name) {
        snapshots.synchronous().invalidate(name);
    }

    private static @Nullable AccountSnapshot await(CompletableFuture<AccountSnapshot> kept)
            throws StoreUnavailableException {
        try {
            return kept.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    private final class Reader implements AsyncCacheLoader<LoginName, AccountSnapshot> {

        @Override
        public CompletableFuture<AccountSnapshot> asyncLoad(LoginName name, Executor readers) {
            return CompletableFuture.supplyAsync(() -> load(name), readers);
        }

        /** What is kept is still true when it could not be read again: else a change would have been heard. */
        @Override
        public CompletableFuture<AccountSnapshot> asyncReload(LoginName name, AccountSnapshot kept, Executor readers) {
            return asyncLoad(name, readers).exceptionally(_ -> kept);
        }

        /** Null, which no cache keeps, when the account is gone. */
        @SuppressWarnings("NullAway")
        private AccountSnapshot load(LoginName name) {
            try {
                return store.snapshot(name, configuration).map(this::learn).orElse(null);
            } catch (StoreUnavailableException e) {
                throw new CompletionException(e);
            }
        }

        private AccountSnapshot learn(AccountSnapshot read) {
            familiarSources.learn(read.account().loginName(), read.familiarSources());
            return read;
        }
    }
}

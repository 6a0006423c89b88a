package postern.credentials.administration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
import postern.credentials.StoreUnavailableException;

/**
 * Tokens that were shown lately, as the store knows them. Only those that there are: a stranger who invents some fills nothing.
 *
 * <p>A change of any token, heard from any node, makes all that was read before it outdated, also what is just being read. And what
 * nobody said anything of is read again after a minute, should this node hear of nothing.
 */
final class RecentTokens {

    private static final long MOST = 10_000;
    private static final Duration REREAD_AFTER = Duration.ofMinutes(1);

    private final ApiTokenStore store;
    private final Cache<String, Kept> recent;
    private final AtomicLong changes = new AtomicLong();

    RecentTokens(ApiTokenStore store, Ticker ticker) {
        this.store = store;
        this.recent = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REREAD_AFTER)
                .ticker(ticker)
                .build();
    }

    /**
     * What was read.
     *
     * @param changes that had been heard of before it was read
     */
    private record Kept(ApiTokenRecord token, long changes) {}

    /** Waits for the store when it has to. */
    Optional<ApiTokenRecord> of(ApiToken presented) throws StoreUnavailableException {
        String sha256 = presented.sha256();
        long heard = changes.get();
        Kept kept = recent.getIfPresent(sha256);
        if (kept != null && kept.changes() == heard) {
            return Optional.of(kept.token());
        }
        Optional<ApiTokenRecord> read = store.find(sha256);
        read.ifPresent(token -> recent.put(sha256, new Kept(token, heard)));
        return read;
    }

    void heard(Change change) {
        switch (change) {
            case ApiTokenChanged _, Missed _ -> changes.incrementAndGet();
            case AccountAdded _,
                    AliasAdded _,
                    AccountChanged _,
                    Issued _,
                    Revised _,
                    Revoked _,
                    AllRevoked _,
                    PolicyChanged _,
                    HoldsBegan _,
                    HoldCleared _,
                    SessionsEnded _,
                    GrantChanged _ -> {}
        }
    }
}

package postern.credentials.hash;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.PresentedSecret;

/**
 * Proves a secret against a stored hash, at the price of one Argon2 on the hashing pool.
 *
 * <p>Mail clients log in every few minutes with the same secret, so a "yes" is remembered for a
 * while, and many connections opened at once share one. It saves the price, never the decision: a
 * revoked app password is not a candidate any more, whatever is remembered of it.
 */
public final class PasswordVerifier {

    private record Match(AppPasswordId id, Fingerprint fingerprint) {}

    private final Argon2Hasher hasher;
    private final AsyncCache<Match, Boolean> recentMatches;
    private final FingerprintKey processKey;
    private final Executor hashingPool;

    public PasswordVerifier(
            Argon2Hasher hasher,
            Executor hashingPool,
            FingerprintKey processKey,
            Duration keep,
            long most,
            Ticker ticker) {
        this.hasher = hasher;
        this.hashingPool = hashingPool;
        this.processKey = processKey;
        this.recentMatches = Caffeine.newBuilder()
                .expireAfterWrite(keep)
                .maximumSize(most)
                .ticker(ticker)
                .recordStats()
                .buildAsync();
    }

    /**
     * Waits for a free worker; never call it on an event loop.
     *
     * @throws java.util.concurrent.RejectedExecutionException when too many wait already
     */
    public boolean proves(PresentedSecret secret, AppPassword candidate) {
        Match match = new Match(candidate.id(), processKey.fingerprint(candidate.owner(), secret));
        return recentMatches.get(match, (_, _) -> verify(secret, candidate)).join() != null;
    }

    /** How many verifications were spared by a recent match, and how many were not. */
    public Spared spared() {
        var stats = recentMatches.synchronous().stats();
        return new Spared(stats.hitCount(), stats.missCount());
    }

    public record Spared(long hits, long misses) {}

    /** True or null: the cache keeps no null, and so remembers no "no". */
    private CompletableFuture<@Nullable Boolean> verify(PresentedSecret secret, AppPassword candidate) {
        return CompletableFuture.supplyAsync(
                () -> hasher.proves(secret, candidate.owner(), candidate.id(), candidate.hash()) ? true : null,
                hashingPool);
    }
}

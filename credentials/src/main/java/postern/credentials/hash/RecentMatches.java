package postern.credentials.hash;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import postern.credentials.AppPasswordId;
import postern.credentials.ClientGoneException;

/**
 * What was proven a while ago: an app password and the fingerprint, under a key of this process, of
 * the secret that proved it. Many that ask for the same at once share one proof. Only a "yes" is
 * kept, for so long at most, and not for as long when nobody asks for it; and a proof that failed is
 * nobody's afterwards.
 */
public final class RecentMatches {

    record Match(AppPasswordId id, Fingerprint fingerprint) {}

    /** A match, and until when it spares a proof. */
    record Kept(Match match, Instant until) {}

    private final Cache<Match, Instant> matches;
    private final ConcurrentMap<Match, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();
    private final LongAdder evictions = new LongAdder();
    private final Duration keep;
    private final InstantSource clock;

    /**
     * @param keep zero: none is
     * @param idle for how long without anybody asking for it
     * @param most how many
     */
    public RecentMatches(Duration keep, Duration idle, long most, InstantSource clock, Ticker ticker) {
        this.keep = keep;
        this.clock = clock;
        this.matches = Caffeine.newBuilder()
                .expireAfter(Expiry.<Match, Instant>accessing((_, until) -> shorter(until, idle)))
                .maximumSize(most)
                .evictionListener((_, _, cause) -> evicted(cause))
                .ticker(ticker)
                .recordStats()
                .build();
    }

    private Duration shorter(Instant until, Duration idle) {
        Duration left = Duration.between(clock.instant(), until);
        return left.compareTo(idle) < 0 ? left : idle;
    }

    private void evicted(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            evictions.increment();
        }
    }

    /** Whether it is one, asking for a proof if that is not known. Waits; throws what the proof throws. */
    boolean matches(Match match, BooleanSupplier proof) {
        while (matches.getIfPresent(match) == null) {
            CompletableFuture<Boolean> mine = new CompletableFuture<>();
            CompletableFuture<Boolean> others = underWay.putIfAbsent(match, mine);
            if (others == null) {
                return prove(match, proof, mine);
            }
            try {
                return HashingPool.await(others);
            } catch (ClientGoneException _) {
                // Who asked first has left. We have not: look again, and ask.
            }
        }
        return true;
    }

    /** Asks for it when it is there, and otherwise leaves the asking, and the counting of it, to {@link #matches}. */
    boolean has(Match match) {
        return matches.asMap().containsKey(match) && matches.getIfPresent(match) != null;
    }

    private boolean prove(Match match, BooleanSupplier proof, CompletableFuture<Boolean> told) {
        try {
            // Looked for again: the proof that just ended was remembered before it left its place to us.
            boolean proven = matches.asMap().containsKey(match) || proof.getAsBoolean();
            if (proven && !keep.isZero()) {
                matches.put(match, clock.instant().plus(keep));
            }
            told.complete(proven);
            return proven;
        } catch (RuntimeException | Error e) {
            told.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(match, told);
        }
    }

    List<Kept> all() {
        return matches.asMap().entrySet().stream()
                .map(entry -> new Kept(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** For no longer than one of now, however long they were kept before. */
    void restore(Kept kept) {
        Instant now = clock.instant();
        Instant latest = now.plus(keep);
        Instant until = kept.until().isBefore(latest) ? kept.until() : latest;
        if (until.isAfter(now)) {
            matches.put(kept.match(), until);
        }
    }

    /** How many proofs were spared by a recent match, and how many were not. */
    public Spared spared() {
        var stats = matches.stats();
        return new Spared(stats.hitCount(), stats.missCount());
    }

    public record Spared(long hits, long misses) {}

    /** How many are kept now. */
    public long size() {
        return matches.estimatedSize();
    }

    /** How many went before their time, since there were too many. */
    public long evictions() {
        return evictions.sum();
    }
}

package postern.credentials.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import postern.credentials.SharedHold;

/** Every name that strangers lately guessed at, whether there is such a person or not. */
final class Names {

    private static final Duration KEEP = Duration.ofDays(1);

    private final NameLimits limits;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Cache<Long, NameRecord> records;

    Names(NameLimits limits, long most, Ticker ticker, RandomGenerator random) {
        this.limits = limits;
        this.ticker = ticker;
        this.random = random;
        this.records = Caffeine.newBuilder()
                .expireAfterAccess(KEEP)
                .maximumSize(most)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** The hold that this guess brings about. */
    Optional<Hold> guessed(Guess guess) {
        return records.get(guess.marks().name(), _ -> new NameRecord()).guessed(guess, limits, ticker.read(), random);
    }

    void take(long name, SharedHold told, Duration left) {
        records.get(name, _ -> new NameRecord()).take(HoldPeriod.of(told, ticker.read() + left.toNanos()));
    }

    boolean holds(long name) {
        NameRecord known = records.getIfPresent(name);
        return known != null && known.isHeld(ticker.read());
    }

    Stream<Hold> held() {
        long now = ticker.read();
        return records.asMap().values().stream().flatMap(one -> one.hold(now).stream());
    }

    /** Forgets all that is held against this name; true when that was a hold. */
    boolean clear(long name) {
        NameRecord known = records.asMap().remove(name);
        return known != null && known.isHeld(ticker.read());
    }
}

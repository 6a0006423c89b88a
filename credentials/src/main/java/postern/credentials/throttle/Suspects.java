package postern.credentials.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import postern.credentials.throttle.Suspicion.Sighting;

/** Every name and source that lately met in a wrong secret. */
final class Suspects {

    private static final int HALF_LIVES = 6; // what is left of a count after that is nothing

    private final long halfLife;
    private final Ticker ticker;
    private final Cache<Long, Suspicion> bySuspect;

    Suspects(Duration halfLife, long most, Ticker ticker) {
        this.halfLife = halfLife.toNanos();
        this.ticker = ticker;
        this.bySuspect = Caffeine.newBuilder()
                .expireAfterAccess(halfLife.multipliedBy(HALF_LIVES))
                .maximumSize(most)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    Sighting sees(Guess guess) {
        return of(guess.marks().pair()).sees(guess.glimpse(), ticker.read(), halfLife);
    }

    void forgive(long pair) {
        Suspicion known = bySuspect.getIfPresent(pair);
        if (known != null) {
            known.forgive();
        }
    }

    /** Whether this is the one look that a source on hold gets in the window. */
    boolean probes(long pair, Duration window) {
        return of(pair).probes(ticker.read(), window.toNanos());
    }

    private Suspicion of(long pair) {
        return bySuspect.get(pair, _ -> new Suspicion(ticker.read()));
    }
}

package postern.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import postern.credentials.TickerTime;
import postern.credentials.administration.Caller;

/** How often each caller may ask: so many a minute, which may come all at once. Per node. */
public final class Pace {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_CALLERS = 10_000;

    private final LoadingCache<String, Bucket> callers;
    private final int perMinute;

    public Pace(int perMinute, Ticker ticker) {
        this.perMinute = perMinute;
        this.callers = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(MINUTE)
                .ticker(ticker)
                .build(_ -> new TickerTime(ticker).perMinute(perMinute));
    }

    /**
     * Counts a request.
     *
     * @throws Refusal with 429 when it is one too many
     */
    void take(Caller caller) {
        ConsumptionProbe probe = callers.get(caller.id()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long wait = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw new Refusal(Problem.TOO_MANY_REQUESTS
                    .because("requests: more than " + perMinute + " a minute (expected: no more)")
                    .header("Retry-After", Long.toString(wait)));
        }
    }
}

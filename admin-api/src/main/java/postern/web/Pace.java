package postern.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import postern.credentials.SourceNetwork;
import postern.credentials.TickerTime;
import postern.credentials.administration.Caller;

/** How often each may ask: so many a minute, which may come all at once. Per node. */
public final class Pace {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final LoadingCache<String, Bucket> buckets;
    private final int perMinute;

    public Pace(int perMinute, Ticker ticker) {
        this.perMinute = perMinute;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
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
        take(caller.id());
    }

    /** Who asks without saying who they are. */
    void take(SourceNetwork source) {
        take("source " + source);
    }

    private void take(String who) {
        ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long wait = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw new Refusal(Problem.TOO_MANY_REQUESTS
                    .because("requests: more than " + perMinute + " a minute (expected: no more)")
                    .header("Retry-After", Long.toString(wait)));
        }
    }
}

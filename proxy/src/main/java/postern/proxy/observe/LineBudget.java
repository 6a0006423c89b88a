package postern.proxy.observe;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import postern.credentials.TickerTime;

/** So many lines a second. What a stranger can cause by the thousand must not fill the disk; what is left out is counted. */
final class LineBudget {

    private final Bucket bucket;
    private final AtomicLong owed = new AtomicLong();
    private final LongAdder suppressed = new LongAdder();

    LineBudget(int perSecond, Ticker ticker) {
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillIntervally(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(new TickerTime(ticker))
                .build();
    }

    boolean allowsLine() {
        boolean allowed = bucket.tryConsume(1);
        if (!allowed) {
            owed.incrementAndGet();
            suppressed.increment();
        }
        return allowed;
    }

    /** How many were left out and not told yet, when there is room again for a line that tells it; or none. */
    long takeOwed() {
        return owed.get() > 0 && bucket.tryConsume(1) ? owed.getAndSet(0) : 0;
    }

    /** How many were left out in all. */
    long suppressed() {
        return suppressed.sum();
    }
}

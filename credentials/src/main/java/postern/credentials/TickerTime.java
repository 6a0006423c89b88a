package postern.credentials;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Time for buckets, from a ticker: it goes on steadily, whatever becomes of the clock on the wall. */
public record TickerTime(Ticker ticker) implements TimeMeter {

    /** So many a minute, which may come all at once. */
    public Bucket perMinute(int many) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(many).refillGreedy(many, Duration.ofMinutes(1)))
                .withCustomTimePrecision(this)
                .build();
    }

    @Override
    public long currentTimeNanos() {
        return ticker.read();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}

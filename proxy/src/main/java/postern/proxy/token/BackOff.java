package postern.proxy.token;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * Leaves somebody alone who does not answer: after some failures in a row one question at a time, and
 * further and further apart. A thousand phones that come back at once make no thousand questions.
 */
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 6;

    private final int borne;
    private final Ticker ticker;
    private int failures;
    private long until;

    /** @param borne so many failures in a row are taken as it comes */
    BackOff(int borne, Ticker ticker) {
        this.borne = borne;
        this.ticker = ticker;
        this.until = ticker.read();
    }

    /** For how long nobody is to ask. Empty: whoever calls this is to ask now. */
    synchronized Optional<Duration> pause() {
        long left = until - ticker.read();
        if (left > 0) {
            return Optional.of(Duration.ofNanos(left));
        }
        if (failures > borne) {
            waitFor(step()); // for the others
        }
        return Optional.empty();
    }

    synchronized void worked() {
        failures = 0;
        until = ticker.read();
    }

    /** @param wish of who is asked */
    synchronized void failed(Optional<Duration> wish) {
        failures++;
        if (wish.isPresent()) {
            waitFor(wish.get());
        } else if (failures > borne) {
            waitFor(step());
        }
    }

    private Duration step() {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(Math.max(0, failures - borne - 1), DOUBLINGS));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private void waitFor(Duration time) {
        until = ticker.read() + time.toNanos();
    }
}

package postern.credentials.throttle;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A {@link Hold} on our own clock. It is kept when it is over, so that the next one is longer. */
record HoldPeriod(Hold.Kind kind, String subject, int times, long end) {

    static HoldPeriod after(
            @Nullable HoldPeriod last,
            Hold.Kind kind,
            String subject,
            Doubling length,
            long now,
            RandomGenerator random) {
        int times = last == null || last.kind != kind ? 1 : last.times + 1;
        return new HoldPeriod(
                kind, subject, times, now + length.after(times, random).toNanos());
    }

    boolean isOn(long now) {
        return end - now > 0;
    }

    Hold at(long now) {
        return new Hold(kind, subject, times, Duration.ofNanos(end - now));
    }
}

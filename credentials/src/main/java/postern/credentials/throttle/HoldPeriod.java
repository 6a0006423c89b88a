package postern.credentials.throttle;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import postern.credentials.HoldKind;
import postern.credentials.SharedHold;

/** A {@link Hold} on our own clock. It is kept when it is over, so that the next one is longer. */
record HoldPeriod(HoldKind kind, String subject, int times, long end) {

    static HoldPeriod after(
            @Nullable HoldPeriod last,
            HoldKind kind,
            String subject,
            Doubling length,
            long now,
            RandomGenerator random) {
        int times = last == null || last.kind != kind ? 1 : last.times + 1;
        return new HoldPeriod(
                kind, subject, times, now + length.after(times, random).toNanos());
    }

    /** One that began elsewhere. */
    static HoldPeriod of(SharedHold told, long end) {
        return new HoldPeriod(told.held().kind(), told.held().subject(), told.times(), end);
    }

    /** Of two the one that ends later. */
    static HoldPeriod longer(@Nullable HoldPeriod one, HoldPeriod other) {
        return one != null && one.end - other.end >= 0 ? one : other;
    }

    boolean isOn(long now) {
        return end - now > 0;
    }

    Hold at(long now) {
        return new Hold(kind, subject, times, Duration.ofNanos(end - now));
    }
}

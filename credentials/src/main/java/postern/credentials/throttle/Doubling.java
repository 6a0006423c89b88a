package postern.credentials.throttle;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A time that doubles: nothing, {@code first}, twice that, and so on up to {@code longest}. Up to a
 * quarter is taken off by chance, so that those who wait do not all come back at one moment.
 */
public record Doubling(Duration first, Duration longest) {

    private static final int MANY = 30;
    private static final double JITTER = 0.25;

    public Doubling {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("first: " + first + " (expected: up to longest, " + longest + ")");
        }
    }

    Duration after(int times, RandomGenerator random) {
        if (times <= 0) {
            return Duration.ZERO;
        }
        Duration doubled = first.multipliedBy(1L << Math.min(times - 1, MANY));
        Duration most = doubled.compareTo(longest) > 0 ? longest : doubled;
        return most.minusNanos((long) (most.toNanos() * JITTER * random.nextDouble()));
    }
}

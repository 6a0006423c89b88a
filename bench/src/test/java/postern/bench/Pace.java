package postern.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** So many a second, one by one and not in bursts, unless some came late. */
record Pace(int perSecond) {

    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(20_000);
    private static final double NANOS = 1e9;

    /** On this thread; says how many there were. */
    int hold(Duration time, IntConsumer step) {
        long began = System.nanoTime();
        int done = 0;
        for (long passed = 0; passed < time.toNanos(); passed = System.nanoTime() - began) {
            int due = (int) (passed / NANOS * perSecond);
            while (done < due) {
                step.accept(done++);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return done;
    }
}

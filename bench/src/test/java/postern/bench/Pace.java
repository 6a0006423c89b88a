package postern.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** So many a second, one by one and not in bursts, unless some came late. */
record Pace(int perSecond) {

    private static final double NANOS = 1e9;

    /** On this thread, which sleeps in between: to look at the clock all the time takes from those who are measured. */
    int hold(Duration time, IntConsumer step) {
        long began = System.nanoTime();
        int done = 0;
        for (long passed = 0; passed < time.toNanos(); passed = System.nanoTime() - began) {
            int due = (int) (passed / NANOS * perSecond);
            while (done < due) {
                step.accept(done++);
            }
            LockSupport.parkNanos(Math.min(time.toNanos(), dueAt(done + 1)) - (System.nanoTime() - began));
        }
        return done;
    }

    /** Nanoseconds from the beginning. */
    private long dueAt(int number) {
        return perSecond == 0 ? Long.MAX_VALUE : (long) Math.ceil(number * NANOS / perSecond);
    }
}

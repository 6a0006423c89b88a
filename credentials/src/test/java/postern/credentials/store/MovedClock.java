package postern.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import postern.credentials.SampleLogins;

/** A clock that a test moves by hand. It starts on Monday. */
public final class MovedClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(SampleLogins.MONDAY);

    @Override
    public Instant instant() {
        return now.get();
    }

    public void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}

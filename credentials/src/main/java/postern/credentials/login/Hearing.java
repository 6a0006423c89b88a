package postern.credentials.login;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How far what this node knows may be behind the store.
 *
 * @param silence for how long changes may have gone unheard: the lag of the change feed
 * @param doubt more silence than that is no slow moment: the store is away, and others may change it meanwhile
 * @param grace how much is too much; no more than {@code doubt} means that nobody is let in without the store
 */
public record Hearing(Supplier<Duration> silence, Duration doubt, Duration grace) {

    boolean isInDoubt() {
        return silence.get().compareTo(doubt) > 0;
    }

    /** Whether {@code unheard} is so much that nothing that is known counts any more. */
    boolean isLostAfter(Duration unheard) {
        return unheard.compareTo(longest()) > 0;
    }

    Duration longest() {
        return grace.compareTo(doubt) > 0 ? grace : doubt;
    }
}

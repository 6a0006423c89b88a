package postern.credentials.throttle;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import postern.credentials.HoldKind;
import postern.credentials.SourceNetwork;

/** The names that failed from one network, and whether it is refused for that. */
final class SourceRecord {

    private final DistinctCount names = new DistinctCount();
    private @Nullable HoldPeriod refusal;

    /** The refusal that one more failed name brings about. */
    synchronized Optional<Hold> failed(
            Guess guess, SourceNetwork network, SourceLimits limits, long now, RandomGenerator random) {
        boolean another = names.add(guess.marks().name(), now, limits.window().toNanos());
        if (!another || names.count() <= limits.refuseAfter() || isOn(now)) {
            return Optional.empty();
        }
        refusal = HoldPeriod.after(refusal, HoldKind.SOURCE, network.toString(), limits.refusal(), now, random);
        return Optional.of(refusal.at(now));
    }

    synchronized void take(HoldPeriod told) {
        refusal = HoldPeriod.longer(refusal, told);
    }

    /** How many names there were beyond what only slows. */
    synchronized int over(SourceLimits limits, long now) {
        return names.count(now, limits.window().toNanos()) - limits.slowAfter();
    }

    /**
     * @param trusted such a one answers for what it does itself within its wider limits, not for what strangers around
     *     it did
     */
    synchronized boolean isRefused(boolean trusted, SourceLimits limits, long now) {
        return isOn(now) && (!trusted || names.count(now, limits.window().toNanos()) > limits.refuseAfter());
    }

    synchronized Optional<Hold> hold(long now) {
        return Optional.ofNullable(refusal).filter(one -> one.isOn(now)).map(one -> one.at(now));
    }

    private boolean isOn(long now) {
        return refusal != null && refusal.isOn(now);
    }
}

package postern.credentials.throttle;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import postern.credentials.HoldKind;
import postern.credentials.LoginName;

/**
 * What strangers tried for one name: from all places together that are not familiar, how many
 * different wrong secrets and from how many sources.
 */
final class NameRecord {

    private static final long DAY = Duration.ofDays(1).toNanos();

    private final DistinctCount secrets = new DistinctCount();
    private final DistinctCount sources = new DistinctCount();
    private @Nullable HoldPeriod hold;

    /** The hold that this guess brings about. */
    synchronized Optional<Hold> guessed(Guess guess, NameLimits limits, long now, RandomGenerator random) {
        sources.add(guess.marks().source(), now, DAY);
        if (isHeld(now)) {
            return Optional.empty();
        }
        secrets.add(guess.glimpse(), now, limits.window().toNanos());
        if (sources.count() > limits.sourcesPerDay()) {
            return Optional.of(hold(HoldKind.DISTRIBUTED, guess.name(), limits, now, random));
        }
        return secrets.count() > limits.wrongSecrets()
                ? Optional.of(hold(HoldKind.NAME, guess.name(), limits, now, random))
                : Optional.empty();
    }

    /** It counts as if it had begun here. */
    synchronized void take(HoldPeriod told) {
        secrets.clear();
        hold = HoldPeriod.longer(hold, told);
    }

    synchronized boolean isHeld(long now) {
        return hold != null && hold.isOn(now);
    }

    synchronized Optional<Hold> hold(long now) {
        return Optional.ofNullable(hold).filter(one -> one.isOn(now)).map(one -> one.at(now));
    }

    private Hold hold(HoldKind kind, LoginName name, NameLimits limits, long now, RandomGenerator random) {
        secrets.clear(); // when it is over, they begin anew
        hold = HoldPeriod.after(hold, kind, name.toString(), limits.hold(), now, random);
        return hold.at(now);
    }
}

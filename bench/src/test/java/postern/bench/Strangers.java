package postern.bench;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.adaWith;
import static postern.credentials.SampleLogins.attemptFrom;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.SampleStore;

/** L-13: a million addresses at one name, then a million invented names, through the whole decision. */
final class Strangers implements Bench {

    private static final int MANY = 1_000_000;
    private static final double MOST_MIB = 64;
    private static final double MIB = 1 << 20;

    private final RandomGenerator random = new SplittableRandom(3);

    @Override
    public List<Figure> measure() {
        try (RunningDecision decision =
                RunningDecision.of(SampleStore.with(SCANNER), Ticker.systemTicker(), CHEAP_HASHER, same -> same)) {
            come(decision, 10_000, _ -> ADA);
            decision.decides(adaWith(SCANNER_SECRET));
            long before = Meter.liveHeapBytes();
            Meter start = Meter.read();
            come(decision, MANY, _ -> ADA);
            Meter addresses = Meter.read().since(start);
            long addedByAddresses = Meter.liveHeapBytes() - before;
            start = Meter.read();
            come(decision, MANY, i -> new LoginName("invented" + i + "@example.org"));
            Meter names = Meter.read().since(start);
            long added = Meter.liveHeapBytes() - before;
            LoginOutcome owner = decision.decides(adaWith(SCANNER_SECRET));
            return List.of(
                    Figure.atMost("live heap added by 1,000,000 addresses", MOST_MIB, addedByAddresses / MIB, " MiB"),
                    Figure.atMost("and by 1,000,000 invented names too", MOST_MIB, added / MIB, " MiB"),
                    Figure.exactly("logins of the owner let in afterwards", 1, owner instanceof Accepted ? 1 : 0),
                    Figure.told("CPU of a guess at a name that exists", addresses.cpuMicrosOfOne(MANY), " µs"),
                    Figure.told("at an invented name", names.cpuMicrosOfOne(MANY), " µs"));
        }
    }

    private void come(RunningDecision decision, int count, IntFunction<LoginName> names) {
        for (int i = 0; i < count; i++) {
            if (decision.decides(attemptFrom(People.address(i), names.apply(i), People.guess(random)))
                    instanceof Accepted) {
                throw new IllegalStateException("a guess was right, which is not to be believed");
            }
        }
    }
}

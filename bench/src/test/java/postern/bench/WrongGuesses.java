package postern.bench;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.attemptFrom;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.SampleStore;

/** B-03, T-6: a million at one account with forty app passwords, from a thousand addresses. */
final class WrongGuesses implements Bench {

    private static final int GUESSES = 1_000_000;
    private static final int BATCH = 10_000;
    private static final int ADDRESSES = 1_000;
    private static final double MOST_MICROS = 50;

    private final RandomGenerator random = new SplittableRandom(1);

    @Override
    public List<Figure> measure() throws Exception {
        SampleStore store = SampleStore.with();
        People.join(store, ADA, People.numbers(0, People.MOST_PER_ACCOUNT), RunningDecision.REAL_HASHER);
        try (RunningDecision decision = RunningDecision.of(store)) {
            for (int i = 0; i < 10; i++) {
                guess(decision, draw()); // until it is compiled
            }
            Meter taken = Meter.ZERO;
            for (int i = 0; i < GUESSES / BATCH; i++) {
                taken = taken.plus(guess(decision, draw()));
            }
            List<Figure> guessing = List.of(
                    Figure.exactly(
                            "Argon2 runs of 1,000,000 wrong guesses",
                            0,
                            decision.hashing().done()),
                    Figure.atMost("CPU of one", MOST_MICROS, taken.cpuMicrosOfOne(GUESSES), " µs"),
                    Figure.told("allocated for one", taken.bytesOfOne(GUESSES), " B"));
            return Stream.concat(guessing.stream(), new Lookups(store).figures().stream())
                    .toList();
        }
    }

    private List<LoginAttempt> draw() {
        List<LoginAttempt> drawn = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            drawn.add(attemptFrom(People.address(i % ADDRESSES), ADA, People.guess(random)));
        }
        return drawn;
    }

    private static Meter guess(RunningDecision decision, List<LoginAttempt> guesses) {
        Meter before = Meter.read();
        for (LoginAttempt guess : guesses) {
            if (decision.decides(guess) instanceof Accepted) {
                throw new IllegalStateException("a guess was right, which is not to be believed");
            }
        }
        return Meter.read().since(before);
    }
}

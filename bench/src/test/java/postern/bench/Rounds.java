package postern.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import postern.credentials.SampleStore;
import postern.credentials.login.RevokeRace;
import postern.credentials.login.RevokeRace.Round;

/** Ten thousand, or as many as there was time for. */
record Rounds(List<Round> all) {

    private static final int MOST = 10_000;
    private static final Duration TIME = Duration.ofSeconds(75);

    static Rounds race(SampleStore revoking, SampleStore loggingIn) throws Exception {
        long began = System.nanoTime();
        List<Round> all = new ArrayList<>();
        try (RevokeRace race = new RevokeRace(revoking, loggingIn)) {
            while (all.size() < MOST && System.nanoTime() - began < TIME.toNanos()) {
                all.add(race.round());
            }
        }
        return new Rounds(all);
    }

    Figure count() {
        return Figure.exactly("rounds of two who log in while it is revoked", MOST, all.size());
    }

    long before() {
        return all.stream().mapToLong(Round::before).sum();
    }

    long afterwards() {
        return all.stream().mapToLong(Round::afterwards).sum();
    }

    long acceptedAfterwards() {
        return all.stream().mapToLong(Round::acceptedAfterwards).sum();
    }

    Spread felt() {
        return Spread.of(all.stream().map(round -> round.felt().toNanos()).toList());
    }
}

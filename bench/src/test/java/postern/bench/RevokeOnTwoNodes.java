package postern.bench;

import java.util.List;
import postern.credentials.SampleStore;
import postern.credentials.store.SamplePostgres;

/** C-03, T-5: on two nodes of one PostgreSQL; what is revoked on one is logged in with on the other. */
final class RevokeOnTwoNodes implements Bench {

    private static final double MOST_MILLIS = 1_000;

    @Override
    public List<Figure> measure() throws Exception {
        String url = SamplePostgres.url();
        try (SampleStore here = SampleStore.on(SamplePostgres.open(url));
                SampleStore there = SampleStore.on(SamplePostgres.open(url))) {
            Rounds rounds = Rounds.race(here, there);
            return List.of(
                    rounds.count(),
                    Figure.count("logins there begun before a revocation here returned, and let in", rounds.before()),
                    Figure.count("logins there begun afterwards", rounds.afterwards()),
                    Figure.count("let in of these", rounds.acceptedAfterwards()),
                    Figure.told(
                            "how long after the return the last one began",
                            rounds.felt().toString()),
                    Figure.atMost("at most", MOST_MILLIS, rounds.felt().mostMillis(), " ms"));
        }
    }
}

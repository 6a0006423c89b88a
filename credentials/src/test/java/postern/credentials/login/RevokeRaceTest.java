package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.SampleStore;
import postern.credentials.login.RevokeRace.Round;
import postern.credentials.store.SamplePostgres;
import postern.credentials.store.SqliteDatabase;

/** C-03, T-5: whoever comes after a revocation has returned is not let in. `./postern bench` runs it for longer. */
class RevokeRaceTest {

    private static final int ROUNDS = 300;

    @TempDir
    private Path folder;

    @Test
    void afterTheReturnOfARevocationItsNodeLetsNobodyIn() throws Exception {
        try (SampleStore store = SampleStore.on(SqliteDatabase.open(folder.resolve("postern.db")))) {
            List<Round> rounds = race(store, store);

            assertThat(rounds).allMatch(round -> round.acceptedAfterwards() == 0);
            assertThat(rounds).as("a race").anyMatch(round -> round.before() > 0);
        }
    }

    @Test
    void afterASecondNorDoAnyOthers() throws Exception {
        String url = SamplePostgres.url();
        try (SampleStore here = SampleStore.on(SamplePostgres.open(url));
                SampleStore there = SampleStore.on(SamplePostgres.open(url))) {
            assertThat(race(here, here)).allMatch(round -> round.acceptedAfterwards() == 0);

            List<Round> rounds = race(here, there);

            assertThat(rounds).allMatch(round -> round.felt().compareTo(Duration.ofSeconds(1)) < 0);
            assertThat(rounds).as("a race").anyMatch(round -> round.before() > 0);
        }
    }

    private static List<Round> race(SampleStore revoking, SampleStore loggingIn) throws Exception {
        List<Round> rounds = new ArrayList<>();
        try (RevokeRace race = new RevokeRace(revoking, loggingIn)) {
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(race.round());
            }
        }
        return rounds;
    }
}

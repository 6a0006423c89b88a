package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import postern.credentials.throttle.Suspicion.Sighting;

class SuspicionTest {

    private static final long HALF_LIFE = 10;

    private final Suspicion suspicion = new Suspicion(0);

    /** L-01 */
    @Test
    void theSameWrongSecretAgainIsOneFailure() {
        assertThat(sees(0xabcdef, 0)).isEqualTo(new Sighting(false, 1));
        assertThat(sees(0xabcdef, 0)).isEqualTo(new Sighting(true, 1));
        assertThat(sees(0xabcdef, 0)).isEqualTo(new Sighting(true, 2));
        assertThat(sees(0x000001, 0)).isEqualTo(new Sighting(false, 2));
    }

    /** L-01 */
    @Test
    void sixteenAreKnownAgainAndTheOneUnseenForLongestIsNot() {
        for (int glimpse = 1; glimpse <= 16; glimpse++) {
            sees(glimpse, 0);
        }
        sees(1, 0);
        sees(17, 0);

        assertThat(sees(1, 0).again()).isTrue();
        assertThat(sees(3, 0).again()).isTrue();
        assertThat(sees(17, 0).again()).isTrue();
        assertThat(sees(2, 0).again()).isFalse();
    }

    /** L-02 */
    @Test
    void oneStaleSecretDoesNotCountForAnother() {
        for (int i = 0; i < 1000; i++) {
            sees(1, 0);
        }
        sees(2, 0);

        assertThat(sees(2, 0)).isEqualTo(new Sighting(true, 1));
        assertThat(sees(1, 0)).isEqualTo(new Sighting(true, 255));
    }

    /** L-09 */
    @Test
    void halfIsForgivenInAHalfLife() {
        for (int glimpse = 1; glimpse <= 8; glimpse++) {
            sees(glimpse, 0);
        }
        sees(8, 0);
        sees(8, 0);
        sees(8, 0);

        assertThat(sees(8, 10)).isEqualTo(new Sighting(true, 2));
        assertThat(sees(9, 19)).isEqualTo(new Sighting(false, 5));
        assertThat(sees(10, 20)).isEqualTo(new Sighting(false, 3));
        assertThat(sees(11, 1000)).isEqualTo(new Sighting(false, 1));
    }

    /** L-09 */
    @Test
    void aSuccessForgivesMissesAndWhatWasWrongStaysKnown() {
        sees(1, 0);
        sees(2, 0);
        suspicion.forgive();

        assertThat(sees(3, 0)).isEqualTo(new Sighting(false, 1));
        assertThat(sees(1, 0).again()).isTrue();
    }

    /** L-04 */
    @Test
    void aHoldHasOneLookForItInAWindow() {
        assertThat(suspicion.probes(5, 10)).isTrue();
        assertThat(suspicion.probes(14, 10)).isFalse();
        assertThat(suspicion.probes(15, 10)).isTrue();
    }

    private Sighting sees(int glimpse, long now) {
        return suspicion.sees(glimpse, now, HALF_LIFE);
    }
}

package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.CHEAP_HASHER;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import postern.credentials.SampleLogins;

class SelfTestTest {

    /** H-02: the vector of RFC 9106, with secret, associated data and four lanes, by the call that makes ours. */
    @Test
    void theLibraryMakesWhatTheRfcSays() {
        assertThat(SelfTest.agreesWithTheRfc(CHEAP_HASHER)).isTrue();
    }

    /** H-03, B-06 */
    @Test
    void tellsWhatOneTakesAndWhatAllTake() {
        try (HashingPool pool = SampleLogins.hashingPool()) {
            SelfTest test = SelfTest.run(
                    pool, CHEAP_HASHER, new HashingCost(19_456, 2), 4, new Clockwork(Duration.ofMillis(20)));

            assertThat(test).isEqualTo(new SelfTest(Duration.ofMillis(20), 200, 4L * 19 * 1024 * 1024));
            assertThat(test.isSlow()).isFalse();
            assertThat(pool.done()).isEqualTo(4);
        }
    }

    /** H-03 */
    @Test
    void saysWhenItIsSlow() {
        try (HashingPool pool = SampleLogins.hashingPool()) {
            assertThat(SelfTest.run(pool, CHEAP_HASHER, new HashingCost(8, 1), 1, new Clockwork(Duration.ofMillis(101)))
                            .isSlow())
                    .isTrue();
        }
    }

    /** Goes on by one step whenever it is read. */
    private static final class Clockwork implements Ticker {

        private final Duration step;
        private long now;

        Clockwork(Duration step) {
            this.step = step;
        }

        @Override
        public synchronized long read() {
            now += step.toNanos();
            return now;
        }
    }
}

package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCountTest {

    private static final long HOUR = 60;

    private final DistinctCount count = new DistinctCount();
    private final Random random = new Random(7);

    @Test
    void isExactWhileThereAreFew() {
        for (int i = 1; i <= 32; i++) {
            assertThat(count.add(i, 0, HOUR)).isTrue();
            assertThat(count.add(i, 0, HOUR)).isFalse();
            assertThat(count.count()).isEqualTo(i);
        }
    }

    /** L-06 */
    @ParameterizedTest
    @ValueSource(ints = {50, 200, 800})
    void isNearTheTruthWhenThereAreMany(int many) {
        random.longs(many).forEach(mark -> {
            count.add(mark, 0, HOUR);
            count.add(mark, 0, HOUR);
        });

        assertThat((double) count.count()).isCloseTo(many, within(many * 0.12));
    }

    /** L-13 */
    @Test
    void neverGrowsBeyondItsBits() {
        random.longs(100_000).forEach(mark -> count.add(mark, 0, HOUR));

        assertThat(count.count()).isEqualTo(DistinctCount.MOST);
    }

    @Test
    void beginsAnewWhenTheWindowIsOver() {
        random.longs(100).forEach(mark -> count.add(mark, 5, HOUR));
        assertThat(count.count(64, HOUR)).isGreaterThan(50);
        assertThat(count.count(65, HOUR)).isZero();

        assertThat(count.add(7, 65, HOUR)).isTrue();
        assertThat(count.count()).isOne();
    }
}

package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoublingTest {

    private static final RandomGenerator NO_CHANCE = () -> 0;

    private final Doubling delay = new Doubling(Duration.ofSeconds(2), Duration.ofSeconds(30));

    /** L-09 */
    @Test
    void doublesUpToItsEnd() {
        assertThat(IntStream.rangeClosed(0, 6)
                        .mapToObj(times -> delay.after(times, NO_CHANCE).toSeconds()))
                .containsExactly(0L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(delay.after(Integer.MAX_VALUE, NO_CHANCE)).isEqualTo(Duration.ofSeconds(30));
    }

    /** L-09 */
    @Test
    void chanceTakesUpToAQuarterOff() {
        RandomGenerator random = new Random(7);

        for (int i = 0; i < 1000; i++) {
            assertThat(delay.after(5, random)).isBetween(Duration.ofMillis(22_500), Duration.ofSeconds(30));
        }
        assertThat(delay.after(5, random)).isNotEqualTo(delay.after(5, random));
    }

    @Test
    void beginsBeforeItEnds() {
        assertThatThrownBy(() -> new Doubling(Duration.ofSeconds(3), Duration.ofSeconds(2)))
                .hasMessage("first: PT3S (expected: up to longest, PT2S)");
    }
}

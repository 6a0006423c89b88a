package postern.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** L-13 */
class LineBudgetTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LineBudget budget = new LineBudget(20, nanos::get);

    @Test
    void ofAFloodTwentyLinesASecondAreWritten() {
        assertThat(written(1000)).isEqualTo(20);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(written(1000)).isZero();

        nanos.addAndGet(Duration.ofMillis(1).toNanos());

        assertThat(written(1000)).isEqualTo(20);
        assertThat(budget.suppressed()).isEqualTo(3 * 1000 - 2 * 20);
    }

    @Test
    void whatWasLeftOutIsToldOnceWhenThereIsRoom() {
        written(120);
        assertThat(budget.takeOwed()).isZero();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(budget.takeOwed()).isEqualTo(100);
        assertThat(budget.takeOwed()).isZero();
        assertThat(written(1000)).isEqualTo(19);
    }

    @Test
    void nothingIsOwedWhenNothingWasLeftOut() {
        written(5);

        assertThat(budget.takeOwed()).isZero();
        assertThat(budget.suppressed()).isZero();
    }

    private long written(int lines) {
        return IntStream.range(0, lines).filter(_ -> budget.allowsLine()).count();
    }
}

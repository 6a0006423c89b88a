package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    @Test
    void nothingToCheckIsReady() {
        assertThat(new Readiness(Map.of()).ask()).isEmpty();
    }

    @Test
    void aCheckThatHangsIsNotStartedAgainAndRecovers() {
        CountDownLatch mended = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        Readiness readiness = new Readiness(Map.of("store", () -> {
            started.incrementAndGet();
            mended.await();
        }));

        assertThat(readiness.ask()).containsEntry("store", false);
        assertThat(readiness.ask()).containsEntry("store", false);
        assertThat(started).hasValue(1);

        mended.countDown();
        assertThat(readiness.ask()).containsEntry("store", true);
        assertThat(readiness.ask()).containsEntry("store", true);
    }

    @Test
    void anErrorIsAFailureToo() {
        try (CapturedLog _ = new CapturedLog()) {
            Readiness readiness = new Readiness(Map.of("store", () -> {
                throw new StackOverflowError();
            }));

            assertThat(readiness.ask()).containsEntry("store", false);
            assertThat(readiness.ask()).containsEntry("store", false);
        }
    }
}

package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/** L-03 */
class RecentFamiliarSourcesTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final SourceNetwork HOME = SourceNetwork.parse("203.0.113.9");
    private static final SourceNetwork CAFE = SourceNetwork.parse("198.51.100.1");

    private final AtomicLong nanos = new AtomicLong(-7);
    private final FamiliarSources sources = new RecentFamiliarSources(Duration.ofDays(60), 32, 100, nanos::get);

    @Test
    void aSourceIsFamiliarToTheNameThatLoggedInFromIt() {
        sources.succeeded(ADA, HOME);

        assertThat(sources.isFamiliar(ADA, HOME)).isTrue();
        assertThat(sources.isFamiliar(ADA, CAFE)).isFalse();
        assertThat(sources.isFamiliar(BOB, HOME)).isFalse();
    }

    @Test
    void sixtyDaysAfterTheLastLoginItIsForgotten() {
        sources.succeeded(ADA, HOME);
        nanos.addAndGet(Duration.ofDays(59).toNanos());
        sources.succeeded(ADA, CAFE);
        assertThat(sources.isFamiliar(ADA, HOME)).isTrue();

        nanos.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(sources.isFamiliar(ADA, HOME)).isFalse();
        assertThat(sources.isFamiliar(ADA, CAFE)).isTrue();
    }

    @Test
    void ofThirtyThreeTheOneUnusedForLongestIsForgotten() {
        sources.succeeded(ADA, HOME);
        sources.succeeded(ADA, CAFE);
        for (int i = 1; i <= 30; i++) {
            sources.succeeded(ADA, SourceNetwork.parse("192.0.2." + i));
        }
        sources.succeeded(ADA, HOME);
        sources.succeeded(ADA, SourceNetwork.parse("192.0.2.31"));

        assertThat(sources.isFamiliar(ADA, HOME)).isTrue();
        assertThat(sources.isFamiliar(ADA, CAFE)).isFalse();
    }
}

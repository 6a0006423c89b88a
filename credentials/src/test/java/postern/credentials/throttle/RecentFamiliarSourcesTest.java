package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import postern.credentials.FamiliarSource;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/** L-03 */
class RecentFamiliarSourcesTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final SourceNetwork HOME = SourceNetwork.parse("203.0.113.9");
    private static final SourceNetwork WORK = SourceNetwork.parse("192.0.2.99");
    private static final SourceNetwork CAFE = SourceNetwork.parse("198.51.100.1");

    private static final Instant NOW = MONDAY.minusNanos(7);

    private final AtomicLong nanos = new AtomicLong(-7);
    private final List<FamiliarSource> written = new ArrayList<>();
    private final FamiliarSources sources =
            SampleLockouts.familiarSources(nanos::get, (source, _) -> written.add(source));

    @Test
    void aSourceIsFamiliarToTheNameThatLoggedInFromIt() {
        sources.succeeded(ADA, HOME);

        assertThat(sources.isFamiliar(ADA, HOME)).isTrue();
        assertThat(sources.isFamiliar(ADA, CAFE)).isFalse();
        assertThat(sources.isFamiliar(BOB, HOME)).isFalse();
    }

    @Test
    void aSourceIsNearWithinTheSame24OrThe56AndForNoLongerThanTheOneItIsNearTo() {
        sources.succeeded(ADA, HOME);
        sources.succeeded(ADA, SourceNetwork.parse("2001:db8:1:2200::/64"));

        assertThat(sources.isNearFamiliar(ADA, SourceNetwork.parse("203.0.113.200")))
                .isTrue();
        assertThat(sources.isNearFamiliar(ADA, SourceNetwork.parse("2001:db8:1:22ff::/64")))
                .isTrue();
        assertThat(sources.isFamiliar(ADA, SourceNetwork.parse("203.0.113.200")))
                .as("near is not the same")
                .isFalse();
        assertThat(sources.isNearFamiliar(ADA, SourceNetwork.parse("203.0.114.9")))
                .isFalse();
        assertThat(sources.isNearFamiliar(ADA, SourceNetwork.parse("2001:db8:1:2300::/64")))
                .isFalse();
        assertThat(sources.isNearFamiliar(BOB, HOME)).isFalse();

        nanos.addAndGet(Duration.ofDays(60).toNanos());
        assertThat(sources.isNearFamiliar(ADA, SourceNetwork.parse("203.0.113.200")))
                .isFalse();
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

    @Test
    void aNewSourceIsWrittenAtOnceAndThenOnceADay() {
        for (int hours = 0; hours < 49; hours++) {
            sources.succeeded(ADA, HOME);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
        }
        sources.succeeded(ADA, CAFE);

        assertThat(written).containsExactly(at(HOME), at(HOME), at(HOME), at(CAFE));
    }

    @Test
    void whatTheStoreSaysAddsToWhatIsKnown() {
        sources.succeeded(ADA, CAFE);
        sources.learn(ADA, Map.of(HOME, NOW.minus(Duration.ofDays(59)), WORK, NOW.minus(Duration.ofDays(61))));

        assertThat(sources.isFamiliar(ADA, HOME)).isTrue();
        assertThat(sources.isFamiliar(ADA, CAFE)).isTrue();
        assertThat(sources.isFamiliar(ADA, WORK)).as("too long ago").isFalse();
    }

    @Test
    void whatTheStoreWasToldTodayIsNotWrittenAgain() {
        sources.learn(ADA, Map.of(HOME, NOW.minus(Duration.ofHours(23)), CAFE, NOW.minus(Duration.ofHours(25))));
        sources.succeeded(ADA, HOME);
        sources.succeeded(ADA, CAFE);

        assertThat(written).containsExactly(at(CAFE));
    }

    @Test
    void whoIsForgottenIsAStrangerAndNewToTheStore() {
        sources.succeeded(ADA, HOME);
        sources.forget(ADA);
        assertThat(sources.isFamiliar(ADA, HOME)).isFalse();

        sources.succeeded(ADA, HOME);

        assertThat(written).containsExactly(at(HOME), at(HOME));
    }

    private static FamiliarSource at(SourceNetwork network) {
        return new FamiliarSource(ADA, network);
    }
}

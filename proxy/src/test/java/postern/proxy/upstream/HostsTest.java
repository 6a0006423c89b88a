package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;

class HostsTest {

    private static final String FIRST = "first.example";
    private static final String SECOND = "second.example";

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // as a ticker may be
    private final Hosts hosts = hosts(FIRST, SECOND);

    @Test
    void theFirstOneIsPreferredAndTheOthersStandBy() {
        assertThat(hosts.next(Set.of())).contains(FIRST);
        assertThat(hosts.next(Set.of(FIRST))).contains(SECOND);
        assertThat(hosts.next(Set.of(FIRST, SECOND))).contains(FIRST);
    }

    @Test
    void aHostIsDownAfterThreeFailuresInARow() {
        fail(FIRST, 2);
        hosts.answered(FIRST);
        fail(FIRST, 2);
        assertThat(hosts.next(Set.of())).contains(FIRST);

        fail(FIRST, 1);

        assertThat(hosts.next(Set.of())).contains(SECOND);
        assertThat(hosts.next(Set.of(SECOND))).contains(SECOND);
        assertThat(hosts.up()).isOne();
        assertThat(hosts.down()).isOne();
    }

    @Test
    void whenAllAreDownThereIsNobodyToWaitFor() {
        fail(FIRST, 3);
        fail(SECOND, 3);

        assertThat(hosts.next(Set.of())).isEmpty();
        assertThat(hosts.down()).isEqualTo(2);
    }

    @Test
    void oneAtATimeTriesAHostThatHasRested() {
        fail(FIRST, 3);
        fail(SECOND, 3);
        pass(Duration.ofSeconds(10).minusNanos(1));
        assertThat(hosts.next(Set.of())).isEmpty();

        pass(Duration.ofNanos(1));

        assertThat(hosts.next(Set.of())).contains(FIRST);
        assertThat(hosts.next(Set.of())).contains(SECOND);
        assertThat(hosts.next(Set.of())).isEmpty();
    }

    @Test
    void oneThatAnswersIsUpForAll() {
        fail(FIRST, 3);
        pass(Duration.ofSeconds(10));
        assertThat(hosts.next(Set.of())).contains(FIRST);

        hosts.answered(FIRST);

        assertThat(hosts.next(Set.of())).contains(FIRST);
        assertThat(hosts.next(Set.of())).contains(FIRST);
        assertThat(hosts.down()).isZero();
    }

    @Test
    void oneThatDoesNotAnswerRestsAgain() {
        fail(FIRST, 3);
        pass(Duration.ofSeconds(10));
        assertThat(hosts.next(Set.of())).contains(FIRST);

        fail(FIRST, 1);

        assertThat(hosts.next(Set.of())).contains(SECOND);
        pass(Duration.ofSeconds(10));
        assertThat(hosts.next(Set.of())).contains(FIRST);
    }

    @Test
    void oneThatNobodyTriedInTheEndMayBeTriedByTheNext() {
        fail(FIRST, 3);
        pass(Duration.ofSeconds(10));
        assertThat(hosts.next(Set.of())).contains(FIRST);

        hosts.left(FIRST);

        assertThat(hosts.next(Set.of())).contains(FIRST);
    }

    private void fail(String host, int times) {
        for (int i = 0; i < times; i++) {
            hosts.failed(host, "it hung up");
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Hosts hosts(String... names) {
        return new Hosts(
                "home",
                Protocol.IMAP,
                new UpstreamDoorSettings(List.of(names), 993, UpstreamTls.IMPLICIT),
                SampleUpstreamSettings.home("health { down-after = 3, down-for = 10s }", "s3cret")
                        .dialing(),
                now::get);
    }
}

package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.config.MailboxLimits;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.proxy.upstream.MailboxTurns.Turn;

/** What Microsoft 365 bears of one mailbox: three submissions at once, thirty messages a minute, twenty IMAP sessions. */
class MailboxTurnsTest {

    private static final LoginName GRACE = new LoginName("grace@example.org");

    private final AtomicLong nanos = new AtomicLong();
    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void aFourthSubmissionWaitsForAPlaceAndGetsIt() {
        MailboxTurns turns = turns(Protocol.SMTP, Duration.ofMinutes(1));
        Turn first = turns.take(ADA, loop).getNow();
        take(turns, 2);

        Future<Turn> fourth = turns.take(ADA, loop);
        Future<Turn> fifth = turns.take(ADA, loop);

        assertThat(fourth.isDone()).isFalse();
        assertThat(turns.take(GRACE, loop).isSuccess()).isTrue();
        first.end();
        assertThat(fourth.isSuccess()).isTrue();
        assertThat(fifth.isDone()).isFalse();
        first.end(); // asked twice
        assertThat(fifth.isDone()).isFalse();
        fourth.getNow().end();
        assertThat(fifth.isSuccess()).isTrue();
    }

    @Test
    void whoFindsNoPlaceInTimeIsToldThatItIsBusyAndTakesNobodysPlace() {
        MailboxTurns turns = turns(Protocol.SMTP, Duration.ofMillis(10));
        Turn first = turns.take(ADA, loop).getNow();
        take(turns, 2);
        Future<Turn> fourth = turns.take(ADA, loop);

        await().until(fourth::isDone);

        assertThat(failure(fourth)).isEqualTo(UpstreamFailure.BUSY);
        assertThat(turns.waiting()).isZero();
        first.end();
        assertThat(turns.take(ADA, loop).isSuccess()).isTrue();
    }

    @Test
    void oneMoreImapSessionThanItBearsIsRefusedAtOnce() {
        MailboxTurns turns = turns(Protocol.IMAP, Duration.ofMinutes(1));
        take(turns, 20);

        Future<Turn> another = turns.take(ADA, loop);
        await().until(another::isDone);

        assertThat(failure(another)).isEqualTo(UpstreamFailure.BUSY);
        assertThat(another.cause()).hasMessageContaining("upstreams.m365.limits");
    }

    @Test
    void aPauseHoldsForThatMailboxAloneAndEnds() {
        MailboxTurns turns = turns(Protocol.IMAP, Duration.ZERO);
        turns.manners(ADA).complained("BAD Request is throttled. Suggested Backoff Time: 5000 milliseconds");
        turns.manners(GRACE).complained("BAD what?");

        assertThat(failure(turns.take(ADA, loop))).isEqualTo(UpstreamFailure.THROTTLED);
        assertThat(turns.take(GRACE, loop).isSuccess()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(turns.take(ADA, loop).isSuccess()).isTrue();
    }

    @Test
    void thirtyMessagesGoAtOnceAndThenOneEveryTwoSeconds() {
        Manners manners = turns(Protocol.SMTP, Duration.ZERO).manners(ADA);
        for (int i = 0; i < 30; i++) {
            assertThat(manners.beforeTheNextMessage()).isEqualTo(Duration.ZERO);
        }

        assertThat(manners.beforeTheNextMessage()).isEqualTo(Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(manners.beforeTheNextMessage()).isEqualTo(Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(manners.beforeTheNextMessage()).isEqualTo(Duration.ZERO);
    }

    @Test
    void whereNothingIsAskedNobodyWaits() {
        MailboxTurns turns =
                new MailboxTurns("home", new MailboxLimits(0, 0, Duration.ZERO, 0), Protocol.SMTP, nanos::get);
        take(turns, 1_000);

        assertThat(turns.take(ADA, loop).isSuccess()).isTrue();
        assertThat(turns.manners(ADA).beforeTheNextMessage()).isEqualTo(Duration.ZERO);
    }

    private MailboxTurns turns(Protocol protocol, Duration wait) {
        return new MailboxTurns("m365", new MailboxLimits(20, 3, wait, 30), protocol, nanos::get);
    }

    private void take(MailboxTurns turns, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(turns.take(ADA, loop).isSuccess()).isTrue();
        }
    }

    private static UpstreamFailure failure(Future<Turn> turn) {
        return ((UpstreamException) turn.cause()).failure();
    }
}

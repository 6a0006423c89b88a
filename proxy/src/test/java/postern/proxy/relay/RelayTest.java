package postern.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.proxy.session.Handlers;
import postern.proxy.session.LoginDeadline;
import postern.proxy.session.SessionEnd;

class RelayTest {

    private Duration untilTold = Duration.ZERO;
    private final EmbeddedChannel client = furnished();
    private final EmbeddedChannel upstream = furnished();

    @AfterEach
    void leave() {
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
    }

    @Test
    void losesNothingThatTheClientSaidBehindItsLogin() {
        client.writeInbound(bytes("a3 SEL"));
        join();

        client.writeInbound(bytes("ECT INBOX"));

        assertThat(sentTo(upstream)).isEqualTo("a3 SELECT INBOX");
    }

    @Test
    void losesNothingThatTheMailboxSaidBehindItsWelcome() {
        upstream.writeInbound(bytes("* 3 EXI"));
        join();

        upstream.writeInbound(bytes("STS"));

        assertThat(sentTo(client)).isEqualTo("* 3 EXISTS");
    }

    @Test
    void keepsTheOrderBothWays() {
        join();

        for (int i = 0; i < 100; i++) {
            client.writeInbound(bytes("c" + i + ' '));
            upstream.writeInbound(bytes("u" + i + ' '));
        }

        assertThat(sentTo(upstream).split(" "))
                .hasSize(100)
                .startsWith("c0", "c1")
                .endsWith("c98", "c99");
        assertThat(sentTo(client).split(" "))
                .hasSize(100)
                .startsWith("u0", "u1")
                .endsWith("u98", "u99");
    }

    @Test
    void leavesNobodyOfTheLoginBehind() {
        join();

        for (EmbeddedChannel side : new EmbeddedChannel[] {client, upstream}) {
            assertThat(side.pipeline().names()).contains(Handlers.RELAY).doesNotContain(Handlers.LOGIN);
            assertThat(side.pipeline().names()).doesNotContain(Handlers.FRAMES, Handlers.DEADLINE);
        }
    }

    @Test
    void readsFromBothSidesOnceTheyAreJoined() {
        client.config().setAutoRead(false);
        upstream.config().setAutoRead(false);

        join();

        assertThat(client.config().isAutoRead()).isTrue();
        assertThat(upstream.config().isAutoRead()).isTrue();
    }

    @Test
    void aClientThatDoesNotReadStopsTheMailbox() {
        join();

        fill(client, true);
        assertThat(upstream.config().isAutoRead()).isFalse();
        assertThat(client.config().isAutoRead()).isTrue();

        fill(client, false);
        assertThat(upstream.config().isAutoRead()).isTrue();
    }

    @Test
    void aMailboxThatDoesNotReadStopsTheClient() {
        join();

        fill(upstream, true);
        assertThat(client.config().isAutoRead()).isFalse();
        assertThat(upstream.config().isAutoRead()).isTrue();

        fill(upstream, false);
        assertThat(client.config().isAutoRead()).isTrue();
    }

    @Test
    void whatIsReadWhileTheOtherSideIsFullDoesNotStartTheReadingAgain() {
        join();
        fill(client, true);

        upstream.writeInbound(bytes("* 1 EXISTS"));

        assertThat(upstream.config().isAutoRead()).isFalse();
        assertThat(sentTo(client)).isEqualTo("* 1 EXISTS");
    }

    @Test
    void endsBothWhenTheClientLeaves() {
        join();

        client.close();

        assertThat(upstream.isOpen()).isFalse();
    }

    @Test
    void endsBothWhenTheMailboxLeaves() {
        join();

        upstream.close();

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void endsBothWhenOneBreaks() {
        join();

        upstream.pipeline().fireExceptionCaught(new IOException("connection reset"));

        assertThat(client.isOpen()).isFalse();
        assertThat(upstream.isOpen()).isFalse();
    }

    @Test
    void aMailboxThatDiedBeforeTheJoinTakesTheClientWithIt() {
        upstream.close();

        join();

        assertThat(sentTo(client)).isEqualTo(Farewell.HUNG_UP);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aClientThatLeftBeforeTheJoinLeavesNoMailboxOpen() {
        client.close();

        join();

        assertThat(upstream.isOpen()).isFalse();
    }

    @Test
    void keepsNoBytesForAMailboxThatIsGone() {
        ToUpstream toUpstream = new ToUpstream(upstream, new ToClient(client, new EndsAnywhere(), () -> Duration.ZERO));
        client.pipeline().addLast(toUpstream);
        upstream.close();
        ByteBuf late = bytes("a2 NOOP\r\n");

        client.writeInbound(late);

        assertThat(late.refCnt()).isZero();
    }

    @Test
    void otherEventsAreNoneOfItsBusiness() {
        join();

        client.pipeline().fireUserEventTriggered("something else");

        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void tellsThatAnUpstreamHasDiedInAWhileWhenOthersHeardOfItToo() {
        client.freezeTime();
        untilTold = Duration.ofSeconds(20);
        join();

        upstream.close();
        client.advanceTimeBy(19, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
        assertThat(sentTo(client)).isEmpty();
        assertThat(client.isOpen()).isTrue();

        client.advanceTimeBy(1, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
        assertThat(sentTo(client)).isEqualTo(Farewell.HUNG_UP);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void tellsItAtOnceToAClientThatSpeaks() {
        untilTold = Duration.ofHours(1);
        join();
        upstream.close();

        client.writeInbound(bytes("a4 NOOP"));

        assertThat(sentTo(client)).isEqualTo(Farewell.HUNG_UP);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void saysOneGoodbyeToAClientThatHasNotHeardYet() {
        untilTold = Duration.ofHours(1);
        join();
        upstream.close();

        client.pipeline().fireUserEventTriggered(SessionEnd.SHUTDOWN);

        assertThat(sentTo(client)).isEqualTo("SHUTDOWN\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    private void join() {
        Relay.join(client, upstream, new EndsAnywhere(), () -> untilTold);
    }

    private static EmbeddedChannel furnished() {
        EmbeddedChannel side = new EmbeddedChannel();
        side.pipeline()
                .addLast(Handlers.DEADLINE, new LoginDeadline(Duration.ofHours(1)))
                .addLast(Handlers.FRAMES, new LineBasedFrameDecoder(80))
                .addLast(Handlers.LOGIN, new ChannelInboundHandlerAdapter());
        return side;
    }

    private static void fill(EmbeddedChannel side, boolean full) {
        side.unsafe().outboundBuffer().setUserDefinedWritability(1, !full);
        side.runPendingTasks();
    }

    /** Of a protocol without responses. */
    private static final class EndsAnywhere implements Farewell {

        @Override
        public int follow(ByteBuf toClient) {
            return toClient.readableBytes();
        }

        @Override
        public boolean atBoundary() {
            return true;
        }

        @Override
        public String words(SessionEnd why) {
            return why + "\r\n";
        }

        @Override
        public String wordsForTheUpstream() {
            return HUNG_UP;
        }
    }
}

package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.relay.Relay;
import postern.proxy.session.SessionEnd;

/** How a session ends that is in full flow: the relay and what it knows of IMAP. */
class ImapGoodbyeTest {

    private static final String REVOKED = "* BYE This app password was revoked.\r\n";

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel upstream = new EmbeddedChannel();

    @BeforeEach
    void join() {
        client.freezeTime();
        Relay.join(client, upstream, new ImapFarewell(), () -> Duration.ZERO);
    }

    @AfterEach
    void leave() {
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
    }

    @Test
    void comesAtOnceWhenNothingIsUnderWay() {
        upstream.writeInbound(bytes("* 3 EXISTS\r\n"));

        end(SessionEnd.REVOKED);

        assertThat(sentTo(client)).isEqualTo("* 3 EXISTS\r\n" + REVOKED);
        assertThat(client.isOpen()).isFalse();
        assertThat(upstream.isOpen()).isFalse();
    }

    @Test
    void comesAtOnceWhenNothingWasEverSaid() {
        end(SessionEnd.SHUTDOWN);

        assertThat(sentTo(client)).isEqualTo("* BYE Postern is going down for a moment. Come again.\r\n");
    }

    @Test
    void waitsForTheEndOfTheResponseUnderWay() {
        upstream.writeInbound(bytes("* 1 FETCH (BODY[] {8}\r\nab\r\n"));
        end(SessionEnd.REVOKED);
        assertThat(client.isOpen()).isTrue();

        upstream.writeInbound(bytes("cd\r\n"));
        upstream.writeInbound(bytes(")\r\na1 OK\r\n* 2 FETCH (BODY[] {9}\r\nx"));

        assertThat(sentTo(client)).isEqualTo("* 1 FETCH (BODY[] {8}\r\nab\r\ncd\r\n)\r\na1 OK\r\n" + REVOKED);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void isTheLastThatASlowClientHears() {
        client.pipeline().addFirst(new ReadsNothing());
        upstream.writeInbound(bytes("* 1 FETCH (BODY[] {8}\r\nab\r\n"));
        end(SessionEnd.REVOKED);
        ByteBuf last = bytes("cdef)\r\n");
        ByteBuf late = bytes("* 2 EXISTS\r\n");

        upstream.writeInbound(last, late);
        assertThat(late.refCnt()).isZero();
        assertThat(client.isOpen()).isTrue();
        client.pipeline().removeFirst();
        client.flush();

        assertThat(sentTo(client)).endsWith("cdef)\r\n" + REVOKED);
        assertThat(last.refCnt()).isZero();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void doesNotWaitForAClientThatNeverReads() {
        client.pipeline().addFirst(new ReadsNothing());
        end(SessionEnd.REVOKED);
        assertThat(client.isOpen()).isTrue();

        pass(3_000);

        assertThat(client.isOpen()).isFalse();
        assertThat(upstream.isOpen()).isFalse();
    }

    @Test
    void isSaidOnceHoweverOftenTheEndIsAskedFor() {
        upstream.writeInbound(bytes("* 1 FETCH (BODY[] {2}\r\n"));
        end(SessionEnd.REVOKED);
        end(SessionEnd.SHUTDOWN);

        upstream.writeInbound(bytes("ab)\r\n"));

        assertThat(sentTo(client)).isEqualTo("* 1 FETCH (BODY[] {2}\r\nab)\r\n" + REVOKED);
    }

    @Test
    void isLeftOutWhenTheMailboxFallsSilentHalfWay() {
        upstream.writeInbound(bytes("* 1 FETCH (BODY[] {8}\r\nab"));
        end(SessionEnd.REVOKED);

        pass(2_999);
        assertThat(client.isOpen()).isTrue();
        pass(1);

        assertThat(client.isOpen()).isFalse();
        assertThat(upstream.isOpen()).isFalse();
        assertThat(sentTo(client)).doesNotContain("BYE");
    }

    @Test
    void doesNotWaitForAMailboxThatTricklesForEver() {
        upstream.writeInbound(bytes("* 1 FETCH (BODY[] {99999}\r\n"));
        end(SessionEnd.REVOKED);
        for (int moment = 0; moment < 30; moment++) {
            upstream.writeInbound(bytes("x"));
            pass(100);
        }

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void nobodyHearsWhatTheClientSaysAfterItsEnd() {
        upstream.writeInbound(bytes("* 1 FETCH (BODY[] {8}\r\nab"));
        end(SessionEnd.REVOKED);
        ByteBuf late = bytes("a2 STORE 1 +FLAGS (\\Deleted)\r\n");

        client.writeInbound(late);

        assertThat(sentTo(upstream)).isEmpty();
        assertThat(late.refCnt()).isZero();
    }

    /** With nobody who counts commands, the upstream's own end tells; or a while does. */
    @Test
    void aClientThatFallsSilentIsServedToTheEnd() {
        client.writeInbound(bytes("a1 NOOP\r\na2 LOGOUT\r\n"));
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        upstream.writeInbound(bytes("a1 OK\r\n"));
        pass(29_999);
        assertThat(client.isOpen()).isTrue();
        upstream.writeInbound(bytes("* BYE\r\na2 OK\r\n"));
        upstream.close();

        assertThat(sentTo(client)).isEqualTo("a1 OK\r\n* BYE\r\na2 OK\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aClientThatEndsItsTlsHasLeft() {
        client.pipeline().fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);

        assertThat(client.isOpen()).isFalse();
        assertThat(upstream.isOpen()).isFalse();
    }

    /** Trap 51 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* 3 EXISTS\r\n",
                "* 1 FETCH (BODY[] {7}\r\n* BYE\r\n)\r\n",
                "* OK BYE\r\n",
                "a1 OK [CAPABILITY IMAP4rev1] BYE\r\n",
                "* bye-bye\r\n"
            })
    void anUpstreamThatHangsUpInSilenceIsSpokenFor(String said) {
        upstream.writeInbound(bytes(said));
        upstream.close();

        assertThat(sentTo(client)).isEqualTo(said + "* BYE The mail server hung up.\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* BYE enough\r\n",
                "* 3 EXISTS\r\n* bye\n* 2 EXISTS\r\n",
                "* 1 FETCH (BODY[] {9}\r\nab",
                "* 1 FETCH (BODY[] {2}\r\nab",
                "* 3 EXI"
            })
    void butNotBehindItsGoodbyeNorInTheMiddleOfAResponse(String said) {
        for (byte letter : said.getBytes(StandardCharsets.US_ASCII)) {
            upstream.writeInbound(Unpooled.wrappedBuffer(new byte[] {letter}));
        }
        upstream.close();

        assertThat(sentTo(client)).isEqualTo(said);
        assertThat(client.isOpen()).isFalse();
    }

    private void end(SessionEnd why) {
        client.pipeline().fireUserEventTriggered(why);
        client.runPendingTasks();
        upstream.runPendingTasks();
    }

    private void pass(int milliseconds) {
        client.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
    }

    /** A client whose end of the wire is full. */
    private static final class ReadsNothing extends ChannelOutboundHandlerAdapter {

        @Override
        public void flush(ChannelHandlerContext ctx) {}
    }
}

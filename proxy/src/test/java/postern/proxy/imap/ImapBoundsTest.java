package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.ListenerTls;
import postern.credentials.Protocol;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.SampleBounds;
import postern.proxy.listen.Rejection;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.UnobservedDoors;
import postern.proxy.session.SampleSessions;

/** How far a stranger may go at an IMAP door, and that whoever goes further is counted. */
class ImapBoundsTest {

    private final List<Rejection> rejected = new ArrayList<>();
    private final UnobservedDoors doors = new UnobservedDoors() {
        @Override
        public void rejected(Protocol protocol, Rejection why) {
            assertThat(protocol).isEqualTo(Protocol.IMAP);
            rejected.add(why);
        }
    };
    private final EmbeddedChannel client = new EmbeddedChannel(new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {
            new ImapFrontEnd(new Doorkeeper(
                            _ -> new CompletableFuture<>(),
                            (_, _, _) -> ImmediateEventExecutor.INSTANCE.newPromise(),
                            SampleSessions.sessions((_, _, _, _) -> Optional.empty()),
                            doors,
                            InstantSource.fixed(MONDAY)))
                    .attach(channel.pipeline(), SampleTls.door(ListenerTls.IMPLICIT), SampleBounds.RULES);
        }
    });

    @BeforeEach
    void hearTheGreeting() {
        assertThat(sentTo(client)).startsWith("* OK ");
    }

    @AfterEach
    void leave() {
        client.finishAndReleaseAll();
    }

    @ParameterizedTest
    @CsvSource({
        "'a1 LOGIN {4097+}', LITERAL",
        "'a1 ID (\"name\" \"%2000s\")', ID",
        "'a1 NOOP %9000s', TOO_LONG",
    })
    void tellsOfTheBoundThatAClientWentBeyond(String line, Rejection bound) {
        client.writeInbound(bytes(line.formatted("x") + "\r\n"));

        assertThat(rejected).containsExactly(bound);
    }

    /** Trap 25: neither nesting nor repetition makes us work, or keep more than a line. */
    @ParameterizedTest
    @ValueSource(strings = {"(", "((\"a\" ", "\"a\" \"b\" ", "\\"})
    void aMebibyteOfAnythingEndsAtTheBoundOfALine(String again) {
        ByteBuf flood = bytes("a1 ID (" + again.repeat((1 << 20) / again.length()));
        while (flood.isReadable() && client.isOpen()) {
            client.writeInbound(flood.readBytes(Math.min(1500, flood.readableBytes())));
        }

        assertThat(flood.readerIndex()).isLessThan(10_000);
        assertThat(rejected).containsExactly(Rejection.TOO_LONG);
        assertThat(client.isOpen()).isFalse();
        flood.release();
    }

    @Test
    void tellsOfOneClientOnce() {
        client.writeInbound(bytes("a1 ID (\"%31s\" NIL)\r\n".formatted("x")));
        assertThat(sentTo(client))
                .isEqualTo("a1 BAD Expected at most 30 bytes in the name of a parameter at column 40.\r\n");
        client.writeInbound(bytes("a2 MAKE COFFEE\r\n".repeat(9)));

        assertThat(sentTo(client)).endsWith("* BYE Too many mistakes.\r\n");
        assertThat(rejected).containsExactly(Rejection.ID);
    }

    @Test
    void tellsOfWhoIsTooSlow() {
        client.pipeline().fireExceptionCaught(ReadTimeoutException.INSTANCE);

        assertThat(sentTo(client)).isEqualTo("* BYE You took too long.\r\n");
        assertThat(rejected).containsExactly(Rejection.TOO_SLOW);
    }

    @Test
    void whatOnlyBreaksIsNoBound() {
        client.pipeline().fireExceptionCaught(new IOException("reset"));

        assertThat(sentTo(client)).isEqualTo("* BYE I cannot read that.\r\n");
        assertThat(rejected).isEmpty();
    }
}

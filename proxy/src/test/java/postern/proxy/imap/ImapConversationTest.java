package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.config.ListenerTls;
import postern.credentials.Change.Revoked;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Protocol;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.SampleBounds;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.UnobservedDoors;
import postern.proxy.session.LiveSession;
import postern.proxy.session.LiveSessions;
import postern.proxy.session.SampleSessions;
import postern.proxy.session.SessionEnd;
import postern.proxy.upstream.UpstreamDoor.Mailbox;

class ImapConversationTest {

    private static final String GOING_DOWN = "* BYE Postern is going down for a moment. Come again.\r\n";

    private boolean revoked;
    private final UnobservedDoors doors = new UnobservedDoors();
    private final CompletableFuture<LoginOutcome> outcome = new CompletableFuture<>();
    private final Promise<Mailbox> opening = ImmediateEventExecutor.INSTANCE.newPromise();
    private final EmbeddedChannel mailbox = new EmbeddedChannel();
    private final LiveSessions sessions =
            SampleSessions.sessions((_, _, _, _) -> revoked ? Optional.of(Reason.REVOKED) : Optional.empty());
    private final EmbeddedChannel client = new EmbeddedChannel(new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {
            new ImapFrontEnd(new Doorkeeper(
                            _ -> outcome, (_, _, _) -> opening, sessions, doors, InstantSource.fixed(MONDAY)))
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
        mailbox.finishAndReleaseAll();
    }

    @Test
    void wipesThePasswordOutOfItsFrame() {
        ByteBuf frame = bytes("a1 LOGIN ada@example.org " + WRONG_SECRET + "\r\n");

        client.writeInbound(frame.retain());

        assertThat(ByteBufUtil.getBytes(frame, 0, frame.writerIndex())).containsOnly(0);
        assertThat(frame.refCnt()).isOne();
    }

    @Test
    void wipesAMessageThatItAskedForToo() {
        client.writeInbound(bytes("a1 AUTHENTICATE PLAIN\r\n"));
        ByteBuf frame = bytes("AGFkYQBzZWNyZXQ=\r\n");

        client.writeInbound(frame.retain());

        assertThat(ByteBufUtil.getBytes(frame, 0, frame.writerIndex())).containsOnly(0);
    }

    @Test
    void letsACommandWaitUntilTheOneBeforeItIsAnswered() {
        client.writeInbound(bytes("a1 LOGIN ada@example.org " + WRONG_SECRET + "\r\na2 NOOP\r\n"));
        assertThat(client.config().isAutoRead()).isFalse();
        assertThat(sentTo(client)).isEmpty();

        decide(new Denied(Reason.NO_MATCH));

        assertThat(sentTo(client).lines())
                .containsExactly(
                        "a1 NO [AUTHENTICATIONFAILED] Wrong user name or app password.", "a2 OK Nothing happened.");
        assertThat(client.config().isAutoRead()).isTrue();
    }

    /** One that pipelined commands and did not read filled the heap with answers to it. */
    @Test
    void aClientThatDoesNotReadIsNotListenedTo() {
        fill(true);
        client.writeInbound(bytes("a1 NOOP\r\na2 NOOP\r\n"));
        assertThat(client.config().isAutoRead()).isFalse();
        assertThat(sentTo(client)).isEmpty();

        fill(false);
        assertThat(sentTo(client)).isEqualTo("a1 OK Nothing happened.\r\na2 OK Nothing happened.\r\n");
        assertThat(client.config().isAutoRead()).isTrue();
    }

    private void fill(boolean full) {
        client.unsafe().outboundBuffer().setUserDefinedWritability(1, !full);
        client.runPendingTasks();
    }

    @Test
    void whoWaitsForAnAnswerGetsOneBeforeTheGoodbye() {
        client.writeInbound(bytes("a1 LOGIN ada@example.org " + WRONG_SECRET + "\r\n"));

        client.pipeline().fireExceptionCaught(ReadTimeoutException.INSTANCE);

        assertThat(sentTo(client))
                .isEqualTo("a1 NO [UNAVAILABLE] Try again in a few minutes.\r\n* BYE You took too long.\r\n");
    }

    @Test
    void entersTheSessionBeforeItsMailboxIsThere() {
        login();

        assertThat(sessions.all()).singleElement().satisfies(session -> {
            assertThat(session.protocol()).isEqualTo(Protocol.IMAP);
            assertThat(session.name()).isEqualTo(ADA);
            assertThat(session.appPassword()).isEqualTo(SCANNER_ID);
            assertThat(session.client().isLoopbackAddress()).isTrue();
            assertThat(session.since()).isEqualTo(MONDAY);
        });
    }

    @Test
    void knowsTheSessionByWhatItsClientSaidOfItself() {
        client.writeInbound(bytes("a0 ID (\"name\" \"Out\u202elook\" \"version\" \"14\")\r\n"));
        login();

        assertThat(sessions.all()).singleElement().satisfies(session -> {
            assertThat(session.device()).contains("Out?look/14");
            assertThat(session.id().value()).startsWith("ses_");
        });
    }

    /** To stop reading and to begin again are two system calls, for something that few do. */
    @Test
    void whoWaitsForTheAnswerIsNotKeptFromSpeaking() {
        login();

        assertThat(client.config().isAutoRead()).isTrue();
    }

    @Test
    void leavesTheReadingToTheRelay() {
        login();
        client.writeInbound(bytes("a2 NOOP\r\n"));
        assertThat(client.config().isAutoRead()).isFalse();

        opening.setSuccess(new Mailbox(mailbox, List.of("IMAP4rev1")));

        assertThat(client.config().isAutoRead()).isTrue();
        assertThat(sentTo(client)).isEqualTo("a1 OK [CAPABILITY IMAP4rev1] Logged in.\r\n");
    }

    @Test
    void whateverElseFailsOnTheWayUpstreamIsNotThePasswordEither() {
        login();

        opening.setFailure(new IllegalStateException("a bug"));

        assertThat(sentTo(client))
                .isEqualTo("a1 NO [UNAVAILABLE] The mail server is not reachable.\r\n* BYE Come again.\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void closesAMailboxThatOpensForNobody() {
        login();
        client.pipeline().fireUserEventTriggered(SessionEnd.REVOKED);

        opening.setSuccess(new Mailbox(mailbox, List.of("IMAP4rev1")));

        assertThat(mailbox.isOpen()).isFalse();
    }

    @Test
    void closesAMailboxWhoseClientHungUp() {
        login();
        client.close();

        opening.setSuccess(new Mailbox(mailbox, List.of("IMAP4rev1")));

        assertThat(mailbox.isOpen()).isFalse();
        assertThat(sessions.all()).isEmpty();
    }

    @Test
    void letsAClientGoWhoseMailboxDiedBeforeTheyWereJoined() {
        login();
        mailbox.close();

        opening.setSuccess(new Mailbox(mailbox, List.of("IMAP4rev1")));

        assertThat(client.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void saysGoodbyeWhereverTheConversationStands(Moment moment) {
        bringTo(moment);

        client.pipeline().fireUserEventTriggered(SessionEnd.SHUTDOWN);
        client.runPendingTasks();

        assertThat(sentTo(client)).endsWith(GOING_DOWN);
        assertThat(client.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = "JOINED", mode = EnumSource.Mode.EXCLUDE)
    void saysGoodbyeToTheSlowWhereverTheConversationStands(Moment moment) {
        bringTo(moment);

        client.pipeline().fireExceptionCaught(ReadTimeoutException.INSTANCE);

        assertThat(sentTo(client)).endsWith("* BYE You took too long.\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void saysGoodbyeToWhatItCannotRead() {
        client.pipeline().fireExceptionCaught(new DecoderException("not TLS"));

        assertThat(sentTo(client)).isEqualTo("* BYE I cannot read that.\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aBrokenLineIsNoBug() {
        client.pipeline().fireExceptionCaught(new IOException("connection reset"));

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aBugOfOursIsNotToldInDetail() {
        client.pipeline().fireExceptionCaught(new IllegalStateException("at line 42"));

        assertThat(sentTo(client)).isEqualTo("* BYE Something broke here.\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatComesTooLateIsHeardByNobody() {
        bringTo(Moment.DECIDING);
        client.pipeline().fireUserEventTriggered(SessionEnd.SHUTDOWN);

        decide(new Accepted(ADA, SCANNER_ID));

        assertThat(sentTo(client)).isEqualTo(GOING_DOWN);
        assertThat(sessions.all()).isEmpty();
    }

    @Test
    void aRevocationThatComesBetweenTheDecisionAndTheEntryEndsIt() {
        revoked = true;

        login();

        assertThat(sentTo(client)).isEqualTo("* BYE This app password was revoked.\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    /** Such as one that turned TLS on and never shook hands: the goodbye cannot reach it. */
    @Test
    void cutsOffAClientThatDoesNotTakeItsGoodbye() {
        client.freezeTime();
        client.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise never) {
                ReferenceCountUtil.release(bytes);
            }
        });
        client.pipeline().fireUserEventTriggered(SessionEnd.SHUTDOWN);
        client.runPendingTasks();
        assertThat(client.isOpen()).isTrue();

        client.advanceTimeBy(3, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aSecondRevocationSaysNothingMore() {
        login();
        for (LiveSession session : sessions.all()) {
            sessions.heard(new Revoked(ADA, session.appPassword()));
            sessions.heard(new Revoked(ADA, session.appPassword()));
        }
        client.runPendingTasks();

        assertThat(sentTo(client)).isEqualTo("* BYE This app password was revoked.\r\n");
    }

    enum Moment {
        GREETED,
        ASKING,
        DECIDING,
        OPENING,
        JOINED
    }

    private void bringTo(Moment moment) {
        switch (moment) {
            case GREETED -> {}
            case ASKING -> client.writeInbound(bytes("a1 AUTHENTICATE PLAIN\r\n"));
            case DECIDING -> client.writeInbound(bytes("a1 LOGIN ada@example.org " + SCANNER_SECRET + "\r\n"));
            case OPENING -> login();
            case JOINED -> {
                login();
                opening.setSuccess(new Mailbox(mailbox, List.of("IMAP4rev1")));
            }
        }
    }

    private void login() {
        client.writeInbound(bytes("a1 LOGIN ada@example.org " + SCANNER_SECRET + "\r\n"));
        decide(new Accepted(ADA, SCANNER_ID));
    }

    private void decide(LoginOutcome decided) {
        outcome.complete(decided);
        client.runPendingTasks();
    }
}

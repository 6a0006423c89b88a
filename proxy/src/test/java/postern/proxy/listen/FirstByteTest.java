package postern.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.DoorProtocol;
import postern.config.ListenerSettings;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.SampleBounds;
import postern.proxy.listen.ConnectionObserver.Refusal;
import postern.proxy.session.Handlers;
import postern.proxy.session.OwnConnections;
import postern.proxy.session.SampleSessions;
import postern.proxy.session.SessionEnd;
import postern.proxy.smtp.EnvelopeRules;
import postern.proxy.smtp.SmtpFrontEnd;
import postern.proxy.smtp.SmtpOffer;

/** One port for TLS from the first byte, for STARTTLS and for neither: whatever the first byte is, and whenever it comes. */
class FirstByteTest {

    private static final Duration LONG = Duration.ofSeconds(9);
    private static final EventLoops LOOPS = EventLoops.open();
    private static final String GREETING = "220 mail.example ESMTP Postern ready.";

    private final Queue<Listener> open = new ConcurrentLinkedQueue<>();
    private final Queue<Refusal> refused = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeTheDoors() {
        open.forEach(Listener::stopAccepting);
        open.forEach(Listener::cut);
    }

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    @Test
    void tlsAtOnceIsTls() throws Exception {
        try (SocketClient client = knock(SampleListeners.AUTODETECT).turnOnTls()) {
            assertThat(client.hear()).isEqualTo(GREETING);
            client.say("EHLO scanner\r\n");
            assertThat(client.hear()).isEqualTo("250-mail.example");
            assertThat(client.hear()).isEqualTo("250 AUTH PLAIN LOGIN");
        }
    }

    /** Its first byte is enough to stop the clock. */
    @Test
    void tlsThatTakesItsTimeIsTlsToo() throws Exception {
        Listener door = open(SampleListeners.AUTODETECT.waitingFor(LONG));
        try (SocketClient client = SocketClient.connect(door.address())) {
            await().pollDelay(Duration.ofSeconds(1)).until(() -> door.clients() == 1);

            assertThat(client.turnOnTls().hear()).isEqualTo(GREETING);
        }
    }

    @Test
    void aCommandAtOnceIsGreetedAndAnswered() throws Exception {
        try (SocketClient client = knock(SampleListeners.AUTODETECT)) {
            client.say("EHLO scanner\r\n");

            assertThat(client.hear()).isEqualTo(GREETING);
            assertThat(client.hear()).isEqualTo("250-mail.example");
            assertThat(client.hear()).isEqualTo("250 STARTTLS");
            client.say("STARTTLS\r\n");
            assertThat(client.hear()).isEqualTo("220 2.0.0 Begin TLS.");
            client.turnOnTls().say("NOOP\r\n");
            assertThat(client.hear()).isEqualTo("250 2.0.0 Nothing happened.");
        }
    }

    @Test
    void whoIsSilentIsGreetedInTheClear() throws Exception {
        try (SocketClient client = knock(SampleListeners.AUTODETECT.waitingFor(Duration.ofMillis(100)))) {
            assertThat(client.hear()).isEqualTo(GREETING);
            client.say("NOOP\r\n");
            assertThat(client.hear()).isEqualTo("250 2.0.0 Nothing happened.");
        }
    }

    /** In plain text already, it cannot be understood any more; the line that it hears first was the greeting. */
    @Test
    void tlsBehindTheGreetingIsAnotherProtocol() throws Exception {
        try (SocketClient client = knock(SampleListeners.AUTODETECT.waitingFor(Duration.ofMillis(100)))) {
            assertThat(client.hear()).isEqualTo(GREETING);
            client.say(new byte[] {22, 3, 1, 0, 1});

            assertThat(client.hear()).isEqualTo("421 4.7.0 I cannot read that.");
            assertThat(client.isHungUp()).isTrue();
            assertThat(refused).containsExactly(Refusal.ANOTHER_PROTOCOL);
        }
    }

    /** Trap 46: nothing, a byte of TLS, half a hello: what is half open ends when the time for the login is over. */
    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16030102000100"})
    void whoStopsHalfWayIsSentAway(String hex) throws Exception {
        try (SocketClient slow = knock(SampleListeners.AUTODETECT.patientFor(Duration.ofMillis(300)))) {
            slow.say(HexFormat.of().parseHex(hex));

            assertThat(slow.isHungUp()).isTrue();
        }
    }

    @Test
    void theWaitBeginsBehindTheHeaderOfALoadBalancer() throws Exception {
        SampleListeners behind = SampleListeners.AUTODETECT.behind("127.0.0.1", LONG);
        byte[] header = "PROXY TCP4 192.0.2.7 198.51.100.1 50000 25\r\n".getBytes(StandardCharsets.US_ASCII);
        try (SocketClient tls = knock(behind);
                SocketClient clear = knock(behind.waitingFor(Duration.ofMillis(100)))) {
            clear.say(header);
            assertThat(clear.hear()).isEqualTo(GREETING);
            assertThat(tls.turnOnTls(header).hear()).isEqualTo(GREETING);
        }
    }

    /** A record that comes apart at any of its bytes is still one, and so is a command. */
    @Test
    void doesNotMindWhereTheFirstPacketComesApart() {
        byte[] hello = HexFormat.of().parseHex("160301000a0100000603030000");
        byte[] command = "NOOP\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int at = 1; at < hello.length; at++) {
            EmbeddedChannel client = newcomer(LONG);
            say(client, hello, at);
            assertThat(client.pipeline().get(Handlers.TLS)).isInstanceOf(HelloHandler.class);
            assertThat(sentTo(client))
                    .as("said in the clear to TLS cut at " + at)
                    .isEmpty();
            client.finishAndReleaseAll();
        }
        for (int at = 1; at < command.length; at++) {
            EmbeddedChannel client = newcomer(LONG);
            say(client, command, at);
            assertThat(client.pipeline().get(Handlers.TLS)).isNull();
            assertThat(sentTo(client)).isEqualTo(GREETING + "\r\n250 2.0.0 Nothing happened.\r\n");
            client.finishAndReleaseAll();
        }
    }

    /** Whichever is first, there is one greeting. */
    @Test
    void theEndOfTheWaitIsNoSecondGreeting() {
        EmbeddedChannel client = newcomer(Duration.ofSeconds(3));
        say(client, "NOOP\r\n".getBytes(StandardCharsets.US_ASCII), 1);
        client.advanceTimeBy(3, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
        assertThat(sentTo(client)).isEqualTo(GREETING + "\r\n250 2.0.0 Nothing happened.\r\n");
        client.finishAndReleaseAll();

        EmbeddedChannel silent = newcomer(Duration.ofSeconds(3));
        assertThat(sentTo(silent)).isEmpty();
        silent.advanceTimeBy(3, TimeUnit.SECONDS);
        silent.runScheduledPendingTasks();
        assertThat(sentTo(silent)).isEqualTo(GREETING + "\r\n");
        silent.writeInbound(bytes("NOOP\r\n"));
        assertThat(sentTo(silent)).isEqualTo("250 2.0.0 Nothing happened.\r\n");
        silent.finishAndReleaseAll();
    }

    @Test
    void aShutdownDoesNotWaitForWhoWasNotGreeted() {
        EmbeddedChannel client = newcomer(LONG);

        client.pipeline().fireUserEventTriggered(SessionEnd.SHUTDOWN);

        assertThat(client.isOpen()).isFalse();
        assertThat(sentTo(client)).isEmpty();
        client.finishAndReleaseAll();
    }

    private static void say(EmbeddedChannel client, byte[] packet, int cut) {
        for (byte[] part : List.of(Arrays.copyOf(packet, cut), Arrays.copyOfRange(packet, cut, packet.length))) {
            client.writeInbound(client.alloc().buffer().writeBytes(part));
            client.runPendingTasks();
        }
    }

    /** Knocks at a door without a socket, whose clock stands still. */
    private static EmbeddedChannel newcomer(Duration wait) {
        DoorTls tls = SampleTls.door(settings(SampleListeners.AUTODETECT.waitingFor(wait)), new SampleTls.Unobserved());
        EmbeddedChannel client = new EmbeddedChannel(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                tls.begin(Passage.of(channel.pipeline()));
                frontEnd().attach(channel.pipeline(), tls, SampleBounds.RULES);
            }
        });
        client.freezeTime();
        return client;
    }

    private static ListenerSettings settings(SampleListeners door) {
        return door.speaking(DoorProtocol.SMTP).settings();
    }

    private SocketClient knock(SampleListeners door) throws IOException {
        return SocketClient.connect(open(door).address());
    }

    private Listener open(SampleListeners door) throws IOException {
        Listener opened = Listener.open(
                settings(door),
                SampleTls.door(settings(door), new SampleTls.Unobserved()),
                frontEnd(),
                new SocketOpening(LOOPS),
                SampleListeners.roomForAll(),
                new OwnConnections(),
                new UnobservedDoors() {
                    @Override
                    public void refused(Refusal why) {
                        refused.add(why);
                    }
                });
        open.add(opened);
        return opened;
    }

    /** Nobody gets in. */
    private static FrontEnd frontEnd() {
        Doorkeeper doorkeeper = new Doorkeeper(
                _ -> CompletableFuture.completedFuture(new Denied(Reason.NO_MATCH)),
                (_, loop, _) -> loop.newFailedFuture(new IllegalStateException("nobody gets in")),
                SampleSessions.sessions(),
                new UnobservedDoors(),
                InstantSource.fixed(MONDAY));
        return new SmtpFrontEnd(doorkeeper, new SmtpOffer("mail.example", List.of()), (_, _) -> EnvelopeRules.NONE);
    }
}

package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_SECRET;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.DoorProtocol;
import postern.config.ListenerSettings;
import postern.config.ListenerTls;
import postern.config.NameSettings;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.Listener;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.SocketClient;
import postern.proxy.session.LiveSessions;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** STARTTLS over real sockets, with a client that is as fast and as rude as it can be. */
class StartTlsSocketTest {

    private static final int MANY = 300;

    private final EventLoops loops = EventLoops.open();
    private final AtomicInteger decisions = new AtomicInteger();
    private Listener door;

    @BeforeEach
    void openTheDoor() throws IOException {
        ImapFrontEnd imap = new ImapFrontEnd(new Doorkeeper(
                this::deny,
                (_, loop) -> loop.newFailedFuture(new UpstreamException(UpstreamFailure.NO_ROUTE, "", "", "", "")),
                new LiveSessions(),
                InstantSource.fixed(MONDAY)));
        ListenerSettings settings = new ListenerSettings(
                "imap",
                DoorProtocol.IMAP,
                "127.0.0.1",
                0,
                ListenerTls.STARTTLS,
                NameSettings.NONE,
                Duration.ofSeconds(9),
                1000,
                1000);
        door = Listener.open(settings, SampleTls.door(ListenerTls.STARTTLS), imap, loops, new Nobody());
    }

    @AfterEach
    void closeTheDoor() {
        door.stopAccepting();
        door.cut();
        loops.close();
    }

    /** The handshake begins in the packet behind our OK; what came behind STARTTLS counts for nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a2 NOOP\r\n",
                "a2 LOGIN ada@example.org " + SCANNER_SECRET + "\r\na3 LOGOUT\r\n",
                "a2 LOGIN {4096+}\r\nxx",
                "\r\n\u0016\u0003\u0001",
            })
    void isOverBeforeAnythingElseIsHeard(String behind) throws Exception {
        for (int i = 0; i < MANY / 5; i++) {
            try (SocketClient client = SocketClient.connect(door.address())) {
                assertThat(client.hear()).contains("STARTTLS LOGINDISABLED");
                client.say("a1 STARTTLS\r\n" + behind);
                assertThat(client.hear()).isEqualTo("a1 OK Begin TLS.");

                client.turnOnTls().say("a9 NOOP\r\n");

                assertThat(client.hear()).isEqualTo("a9 OK Nothing happened.");
            }
        }
        assertThat(decisions).hasValue(0);
    }

    @Test
    void offersALoginBehindItAndNoOtherStarttls() throws Exception {
        try (SocketClient client = SocketClient.connect(door.address())) {
            client.hear();
            client.say("a1 STARTTLS\r\n");
            client.hear();
            client.turnOnTls().say("a2 CAPABILITY\r\na3 STARTTLS\r\na4 LOGIN ada@example.org x\r\na5 LOGOUT\r\n");

            assertThat(client.hear()).isEqualTo("* CAPABILITY IMAP4rev1 LITERAL- SASL-IR AUTH=PLAIN");
            assertThat(client.hear()).isEqualTo("a2 OK That is all.");
            assertThat(client.hear()).isEqualTo("a3 BAD TLS is on already.");
            assertThat(client.hear()).startsWith("a4 NO [AUTHENTICATIONFAILED]");
            assertThat(client.hear()).isEqualTo("* BYE See you.");
        }
        assertThat(decisions).hasValue(1);
    }

    /** A packet later, junk is in the place of the handshake: there is nobody left to talk to. */
    @Test
    void whatComesInTheClearInsteadOfAHandshakeEndsIt() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (SocketClient client = SocketClient.connect(door.address())) {
                client.hear();
                client.say("a1 STARTTLS\r\n");
                assertThat(client.hear()).isEqualTo("a1 OK Begin TLS.");
                client.say("a2 LOGIN ada@example.org " + SCANNER_SECRET + "\r\n");

                while (!client.isHungUp()) {}
            }
        }
        assertThat(decisions).hasValue(0);
    }

    @Test
    void manyPacketsOfJunkBehindItHangNothing() throws Exception {
        try (SocketClient client = SocketClient.connect(door.address())) {
            client.hear();
            client.say("a1 STARTTLS\r\n" + "a2 NOOP\r\n".repeat(5_000));
            assertThat(client.hear()).isEqualTo("a1 OK Begin TLS.");

            while (!client.isHungUp()) {}
        }
        assertThat(decisions).hasValue(0);
    }

    private CompletionStage<LoginOutcome> deny(LoginAttempt attempt) {
        decisions.incrementAndGet();
        attempt.secret().close();
        return CompletableFuture.completedFuture(new Denied(Reason.NO_MATCH));
    }

    private static final class Nobody implements ConnectionObserver {

        @Override
        public void opened(String listener, IntSupplier connections) {}

        @Override
        public void refused(Refusal why) {}
    }
}

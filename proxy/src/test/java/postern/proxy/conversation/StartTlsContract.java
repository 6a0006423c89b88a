package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.MONDAY;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postern.config.DoorProtocol;
import postern.config.ListenerTls;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.FrontEnd;
import postern.proxy.listen.Listener;
import postern.proxy.listen.SampleListeners;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.SocketClient;
import postern.proxy.listen.SocketOpening;
import postern.proxy.listen.UnobservedDoors;
import postern.proxy.session.OwnConnections;
import postern.proxy.session.SampleSessions;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/**
 * TLS on request over real sockets, with a client that is as fast and as rude as it can be. Traps 1, 2, 4, 5.
 * {@code -Dpostern.starttls=10000} lets it be so for longer.
 */
public abstract class StartTlsContract {

    private static final int MANY = Integer.getInteger("postern.starttls", 1000);

    private final EventLoops loops = EventLoops.open();
    private final AtomicInteger decisions = new AtomicInteger();
    private Listener door;

    @BeforeEach
    void openTheDoor() throws IOException {
        FrontEnd frontEnd = frontEnd(new Doorkeeper(
                this::deny,
                (_, loop, _) -> loop.newFailedFuture(new UpstreamException(UpstreamFailure.NO_ROUTE, "", "", "", "")),
                SampleSessions.sessions(),
                new UnobservedDoors(),
                InstantSource.fixed(MONDAY)));
        door = Listener.open(
                SampleListeners.STARTTLS.speaking(protocol()).settings(),
                SampleTls.door(ListenerTls.STARTTLS),
                frontEnd,
                new SocketOpening(loops),
                SampleListeners.roomForAll(),
                new OwnConnections(),
                new UnobservedDoors());
    }

    @AfterEach
    void closeTheDoor() {
        door.stopAccepting();
        door.cut();
        loops.close();
    }

    protected abstract DoorProtocol protocol();

    protected abstract FrontEnd frontEnd(Doorkeeper doorkeeper);

    /** The command that asks for TLS. */
    protected abstract String ask();

    /** The answer to it. */
    protected abstract String begin();

    /** What anybody may say with or without TLS, and be told on one line. */
    protected abstract String question();

    protected abstract String answer();

    /** All that a login takes, with Ada's app password. */
    protected abstract String login();

    /** A client that has heard the greeting. */
    protected final SocketClient greeted() throws IOException {
        SocketClient client = SocketClient.connect(door.address());
        client.hear();
        return client;
    }

    protected final SocketClient encrypted() throws IOException {
        SocketClient client = greeted();
        client.say(ask() + "\r\n");
        assertThat(client.hear()).isEqualTo(begin());
        return client.turnOnTls();
    }

    protected final int decisions() {
        return decisions.get();
    }

    /** The handshake begins in the packet behind our answer; what came behind the question counts for nothing. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void isOverBeforeAnythingElseIsHeard() throws Exception {
        List<String> behind = List.of(
                "", question() + "\r\n", login(), login().substring(0, login().length() / 2), "\r\n\u0016\u0003\u0001");
        for (int i = 0; i < MANY; i++) {
            try (SocketClient client = greeted()) {
                client.say(ask() + "\r\n" + behind.get(i % behind.size()));
                assertThat(client.hear()).isEqualTo(begin());

                client.turnOnTls().say(question() + "\r\n");

                assertThat(client.hear()).isEqualTo(answer());
            }
        }
        assertThat(decisions).hasValue(0);
    }

    /** A packet later, junk is in the place of the handshake: there is nobody left to talk to. */
    @Test
    void whatComesInTheClearInsteadOfAHandshakeEndsIt() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (SocketClient client = greeted()) {
                client.say(ask() + "\r\n");
                assertThat(client.hear()).isEqualTo(begin());
                client.say(login());

                while (!client.isHungUp()) {}
            }
        }
        assertThat(decisions).hasValue(0);
    }

    @Test
    void manyPacketsOfJunkBehindItHangNothing() throws Exception {
        try (SocketClient client = greeted()) {
            client.say(ask() + "\r\n" + (question() + "\r\n").repeat(5_000));
            assertThat(client.hear()).isEqualTo(begin());

            while (!client.isHungUp()) {}
        }
        assertThat(decisions).hasValue(0);
    }

    private CompletionStage<LoginOutcome> deny(LoginAttempt attempt) {
        decisions.incrementAndGet();
        attempt.secret().close();
        return CompletableFuture.completedFuture(new Denied(Reason.NO_MATCH));
    }
}

package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.proxy.listen.SampleTls.LOCALHOST;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.config.ListenerTls;
import postern.config.TlsSettings;
import postern.config.UpstreamTls;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.MailboxDoor;
import postern.proxy.conversation.SampleUpstreams;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.Listener;
import postern.proxy.listen.SampleListeners;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.SocketOpening;
import postern.proxy.listen.UnobservedDoors;
import postern.proxy.session.SampleSessions;
import postern.proxy.upstream.ScriptedUpstream;
import postern.proxy.upstream.ScriptedUpstream.Line;
import postern.proxy.upstream.ScriptedUpstream.Script;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** Hosts that do not answer, and what is tried then. */
class ImapUpstreamHostsTest {

    private static final Script HANGS_UP = _ -> {};

    private final SampleUpstreams upstreams;

    ImapUpstreamHostsTest() throws Exception {
        upstreams = new SampleUpstreams(new ImapUpstreamLanguage());
    }

    @AfterEach
    void close() {
        upstreams.close();
    }

    @Test
    void whoDoesNotAnswerIsTriedThreeTimes() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(HANGS_UP)) {
            upstreams.with("host = 127.0.0.1");

            assertThat(upstreams.failure(server.port(), UpstreamTls.NONE))
                    .returns(UpstreamFailure.UNREACHABLE, UpstreamException::failure);
            assertThat(server.attempts()).isEqualTo(3);
            assertThat(upstreams.retries()).isEqualTo(2);
        }
    }

    @Test
    void whoComesBackInTimeIsFound() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(new Script() {
            private int calls;

            @Override
            public void play(Line line) throws IOException {
                if (++calls == 3) {
                    letIn(line);
                }
            }
        })) {
            upstreams.with("host = 127.0.0.1").opened(server.port(), UpstreamTls.NONE);

            upstreams.awaitObserved("imap opened");
        }
    }

    @Test
    void aRefusalIsNotAskedForTwice() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("L1 NO [AUTHENTICATIONFAILED] who?\r\n");
        })) {
            assertThat(upstreams.failure(server.port(), UpstreamTls.NONE).failure())
                    .isEqualTo(UpstreamFailure.REFUSED);
            assertThat(server.attempts()).isOne();
        }
    }

    @Test
    void whoHangsUpOnOurPasswordDoesNotHearItAgain() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(line -> {
            line.say("* OK ready\r\n");
            line.hear();
        })) {
            assertThat(upstreams.failure(server.port(), UpstreamTls.NONE).failure())
                    .isEqualTo(UpstreamFailure.UNREACHABLE);
            assertThat(server.attempts()).isOne();
        }
    }

    @Test
    void theNextHostIsTriedAtOnce() throws Exception {
        try (ScriptedUpstream second = new ScriptedUpstream("127.0.0.2", ImapUpstreamHostsTest::letIn)) {
            upstreams.with("host = [ 127.0.0.1, 127.0.0.2 ], retries.pause = 10s");

            upstreams.opened(second.port(), UpstreamTls.NONE);

            assertThat(upstreams.retries()).isOne();
        }
    }

    @Test
    void aBadCertificateIsNotMadeGoodByTheNextHost() throws Exception {
        try (ScriptedUpstream first = new ScriptedUpstream("127.0.0.1", line -> {
            line.turnOnTls(SampleTls.ofAnotherAuthority());
            line.hear();
        })) {
            upstreams.with("host = [ 127.0.0.1, localhost ]");

            assertThat(upstreams.failure(first.port(), UpstreamTls.IMPLICIT).failure())
                    .isEqualTo(UpstreamFailure.UNTRUSTED);
            assertThat(first.attempts()).isOne();
            assertThat(upstreams.retries()).isZero();
        }
    }

    @Test
    void nobodyWaitsForAHostThatIsKnownToBeDown() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(HANGS_UP)) {
            MailboxDoor door =
                    upstreams.with("host = 127.0.0.1, health.down-for = 10m").door(server.port(), UpstreamTls.NONE);
            upstreams.failure(upstreams.open(door));

            assertThat(upstreams.failure(upstreams.open(door)))
                    .hasMessageStartingWith(
                            "home: connecting for ada@example.org: none of its hosts has answered lately")
                    .returns(UpstreamFailure.UNREACHABLE, UpstreamException::failure);
            assertThat(server.attempts()).isEqualTo(3);
        }
    }

    @Test
    void aHostThatSaysNothingIsNotWaitedForLongerThanTheLoginMayTake() throws Exception {
        upstreams.with("login-timeout = 1s, retries.tries = 1");
        try (ScriptedUpstream server = new ScriptedUpstream(Line::fallSilent)) {
            assertThat(upstreams.failure(server.port(), UpstreamTls.NONE)).hasMessageContaining("it took too long");
        }
    }

    @Test
    void itIsCalledFromTheAddressThatIsSet() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(ImapUpstreamHostsTest::letIn)) {
            upstreams.with("host = 127.0.0.1, source-address = 127.0.0.2").opened(server.port(), UpstreamTls.NONE);

            assertThat(server.callers()).containsExactly(InetAddress.ofLiteral("127.0.0.2"));
        }
    }

    @Test
    void aKeyThatIsPinnedIsBelievedAndNoOther() throws Exception {
        String other = pin(SampleTls.issuedTo("localhost"));
        try (ScriptedUpstream server = new ScriptedUpstream(line -> {
            line.turnOnTls(LOCALHOST);
            letIn(line);
        })) {
            upstreams.with("pins = [ \"" + other + "\", \"" + pin(LOCALHOST) + "\" ]");
            upstreams.opened(server.port(), UpstreamTls.IMPLICIT);
            upstreams.awaitObserved("imap opened");

            upstreams.with("pins = [ \"" + other + "\" ]");
            assertThat(upstreams.failure(server.port(), UpstreamTls.IMPLICIT))
                    .hasMessageContaining("is not among the pins")
                    .returns(UpstreamFailure.UNTRUSTED, UpstreamException::failure);
            assertThat(server.attempts()).isEqualTo(2);
            assertThat(server.heard()).hasSize(1);
        }
    }

    @Test
    void aPinHoldsByStartTlsToo() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("S1 OK go\r\n");
            line.turnOnTls(LOCALHOST);
            line.hear();
        })) {
            upstreams.with("pins = [ \"" + pin(SampleTls.issuedTo("localhost")) + "\" ]");

            assertThat(upstreams.failure(server.port(), UpstreamTls.STARTTLS))
                    .hasMessageContaining("not among the pins");
            assertThat(server.heard()).containsExactly("S1 STARTTLS");
        }
    }

    @Test
    void aNameIsNotCheckedOnlyWhereItIsSwitchedOff() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(line -> {
            line.turnOnTls(SampleTls.issuedTo("mail.example"));
            letIn(line);
        })) {
            assertThat(upstreams.failure(server.port(), UpstreamTls.IMPLICIT).failure())
                    .isEqualTo(UpstreamFailure.UNTRUSTED);

            upstreams.with("check-name = off").opened(server.port(), UpstreamTls.IMPLICIT);
        }
    }

    @Test
    void aMailServerThatAsksForACertificateOfOursIsShownIt() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(line -> {
            line.turnOnTlsForThoseWithACertificate(LOCALHOST);
            letIn(line);
        })) {
            assertThat(upstreams.with("retries.tries = 1").failure(server.port(), UpstreamTls.IMPLICIT))
                    .isNotNull();

            TlsSettings own = SampleTls.files(SampleTls.ofAClient(SampleTls.AUTHORITY));
            upstreams.with("client-certificate-file = \"" + own.certificateFile() + "\", client-key-file = \""
                    + own.keyFile() + "\"");
            upstreams.opened(server.port(), UpstreamTls.IMPLICIT);
        }
    }

    @Test
    void plainTextGoesNoFurtherThanWhereItMayGo() throws Exception {
        upstreams.with("host = \"192.0.2.1\", cleartext-networks = [ \"192.0.2.128/25\" ]");

        assertThat(upstreams.failure(143, UpstreamTls.NONE))
                .hasMessage("192.0.2.1:143: connecting for ada@example.org: 192.0.2.1 is neither this machine"
                        + " nor listed (look at: upstreams.home.cleartext-networks)")
                .returns(UpstreamFailure.UNTRUSTED, UpstreamException::failure);
    }

    @Test
    void aWayThatLeadsBackToOurselvesEndsThere() throws Exception {
        for (ListenerTls tls : List.of(ListenerTls.IMPLICIT, ListenerTls.STARTTLS)) {
            SampleListeners settings = SampleListeners.STARTTLS.with(tls);
            List<ConnectionObserver.Refusal> refused = new CopyOnWriteArrayList<>();
            Listener door = Listener.open(
                    settings.settings(),
                    SampleTls.door(tls),
                    new ImapFrontEnd(new Doorkeeper(
                            _ -> {
                                throw new AssertionError("a way round is no login");
                            },
                            (_, loop, _) -> loop.newFailedFuture(new AssertionError("nor is it gone again")),
                            SampleSessions.sessions(),
                            new UnobservedDoors(),
                            InstantSource.system())),
                    new SocketOpening(upstreams.loops()),
                    SampleListeners.roomForAll(),
                    upstreams.own(),
                    new UnobservedDoors() {
                        @Override
                        public void refused(Refusal why) {
                            refused.add(why);
                        }
                    });
            try {
                assertThat(upstreams.failure(
                                door.address().getPort(),
                                tls == ListenerTls.IMPLICIT ? UpstreamTls.IMPLICIT : UpstreamTls.STARTTLS))
                        .hasMessageContaining("it is a door of our own (look at: upstreams.home.host")
                        .returns(UpstreamFailure.LOOPS, UpstreamException::failure);
                assertThat(upstreams.retries()).isZero();
                assertThat(refused).containsExactly(ConnectionObserver.Refusal.LOOP);
                await().atMost(Duration.ofSeconds(10)).until(() -> door.clients() == 0);
            } finally {
                door.stopAccepting();
                door.cut();
            }
        }
    }

    private static void letIn(Line line) throws IOException {
        line.say("* OK ready\r\n");
        line.hear();
        line.say("L1 OK [CAPABILITY IMAP4rev1] you are in\r\n");
    }

    private static String pin(X509Bundle certificate) throws GeneralSecurityException {
        return "sha256/" + ScriptedUpstream.pin(certificate.getCertificate());
    }
}

package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.listen.SampleTls.LOCALHOST;

import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import postern.config.UpstreamTls;
import postern.proxy.conversation.SampleUpstreams;
import postern.proxy.listen.SampleTls;
import postern.proxy.upstream.ScriptedUpstream;
import postern.proxy.upstream.ScriptedUpstream.Script;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** Logs in at mail servers that break, lie, or are somebody else's. */
class ImapUpstreamTroubleTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final SampleUpstreams upstreams;

    ImapUpstreamTroubleTest() throws Exception {
        upstreams = new SampleUpstreams(new ImapUpstreamLanguage());
    }

    @AfterEach
    void close() {
        upstreams.close();
    }

    static List<Arguments> strangers() {
        return List.of(
                Arguments.of("wrong name", SampleTls.issuedTo("mail.example")),
                Arguments.of("another authority", SampleTls.ofAnotherAuthority()),
                Arguments.of("expired", SampleTls.expired()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void aCertificateThatIsNotItsOwnIsBelievedByNobodyAndTriedOnce(String what, X509Bundle certificate)
            throws Exception {
        for (UpstreamTls tls : List.of(UpstreamTls.IMPLICIT, UpstreamTls.STARTTLS)) {
            Script script = line -> {
                if (tls == UpstreamTls.STARTTLS) {
                    line.say("* OK ready\r\n");
                    line.hear();
                    line.say("S1 OK go\r\n");
                }
                line.turnOnTls(certificate);
                line.say("* OK ready\r\n");
                line.hear();
            };
            try (ScriptedUpstream server = new ScriptedUpstream(script)) {
                assertThat(upstreams.failure(server.port(), tls))
                        .hasMessageStartingWith("localhost:" + server.port() + ": logging in as ada@example.org: ")
                        .hasMessageEndingWith("(look at: upstreams.home.ca-file, and the names in its certificate)")
                        .returns(UpstreamFailure.UNTRUSTED, UpstreamException::failure);
                assertThat(server.attempts()).isOne();
                assertThat(server.heard()).noneMatch(line -> line.contains("L1"));
            }
        }
    }

    @Test
    void whatIsSaidBetweenTheOkAndTheHandshakeIsSomebodyElses() throws Exception {
        fails(UpstreamTls.STARTTLS, UpstreamFailure.UNTRUSTED, "it spoke between its OK to STARTTLS", line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("S1 OK go\r\nL1 OK [CAPABILITY IMAP4rev1] you are in\r\n");
            line.turnOnTls(LOCALHOST);
        });
        fails(UpstreamTls.STARTTLS, UpstreamFailure.UNTRUSTED, "it spoke between its OK to STARTTLS", line -> {
            line.say("* OK ready\r\nS1 OK go\r\nL1 O");
            line.hear();
            line.turnOnTls(LOCALHOST);
        });
    }

    @Test
    void whatIsSaidInsteadOfAHandshakeIsSomebodyElses() throws Exception {
        fails(UpstreamTls.STARTTLS, UpstreamFailure.UNTRUSTED, "ot an SSL/TLS record", line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("S1 OK go\r\n");
            line.hear();
            line.say("L1 OK [CAPABILITY IMAP4rev1] you are in\r\n");
            line.fallSilent();
        });
    }

    @Test
    void noTlsIsNoLogin() throws Exception {
        fails(UpstreamTls.STARTTLS, UpstreamFailure.UNTRUSTED, "STARTTLS refused: S1 NO not here", line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("S1 NO not here\r\n");
            line.fallSilent();
        });
        fails(UpstreamTls.IMPLICIT, UpstreamFailure.UNTRUSTED, "ot an SSL/TLS record", line -> {
            line.say("* OK this port is in the clear\r\n");
            line.fallSilent();
        });
    }

    @Test
    void silenceIsNotWaitedForForEver() throws Exception {
        upstreams.within(SOON);
        fails(UpstreamTls.NONE, UpstreamFailure.UNREACHABLE, "it took too long", ScriptedUpstream.Line::fallSilent);
        fails(UpstreamTls.IMPLICIT, UpstreamFailure.UNREACHABLE, "it took too long", ScriptedUpstream.Line::fallSilent);
        fails(UpstreamTls.NONE, UpstreamFailure.UNREACHABLE, "it took too long", line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.fallSilent();
        });
    }

    @Test
    void aPortThatNobodyListensAtIsNamed() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(upstreams.failure(port, UpstreamTls.IMPLICIT))
                .hasMessageStartingWith("localhost:" + port + ": connecting for ada@example.org: ")
                .hasMessageEndingWith("(look at: whether it runs, upstreams.home)")
                .returns(UpstreamFailure.UNREACHABLE, UpstreamException::failure);
    }

    @Test
    void hangingUpIsNoTrustLost() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.UNREACHABLE, "it hung up", _ -> {});
        fails(UpstreamTls.NONE, UpstreamFailure.UNREACHABLE, "it hung up", line -> {
            line.say("* OK ready\r\n");
            line.hear();
        });
        fails(UpstreamTls.NONE, UpstreamFailure.UNREACHABLE, "* BYE busy", line -> {
            line.say("* BYE busy\r\n");
        });
        fails(UpstreamTls.IMPLICIT, UpstreamFailure.UNREACHABLE, "", _ -> {});
    }

    @Test
    void aMailServerIsHeardNoLongerThanItTakes() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.CONFUSED, "more than 100 lines", line -> {
            line.say("* OK ready\r\n" + "* OK still busy\r\n".repeat(200));
            line.fallSilent();
        });
        fails(UpstreamTls.NONE, UpstreamFailure.CONFUSED, "a line of more than 8192 bytes", line -> {
            line.say("* OK " + "x".repeat(100_000));
            line.fallSilent();
        });
    }

    @Test
    void aLongStoryIsToldInShort() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.CONFUSED, "x".repeat(100) + "… (look at", line -> {
            line.say("x".repeat(8_000) + "\r\n");
            line.fallSilent();
        });
    }

    @Test
    void aRefusalIsToldInItsWords() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.REFUSED, ": L1 NO [AUTHENTICATIONFAILED] who? (look at: ", line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("L1 NO [AUTHENTICATIONFAILED] who?\r\n");
            line.fallSilent();
        });
    }

    @Test
    void whatItRepeatsOfOurLoginIsNotTold() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.CONFUSED, "L1 BAD", line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("L1 BAD not like that: L1 LOGIN \"ada@example.org*postern\" \"s3\\\"cret\\\\of-ours\"\r\n");
            line.fallSilent();
        });
        upstreams.byAuthzid();
        fails(UpstreamTls.NONE, UpstreamFailure.REFUSED, "L1 NO", line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("+\r\n");
            line.hear();
            line.say("L1 NO not like that: YWRhQGV4YW1wbGUub3JnAHBvc3Rlcm4AczMiY3JldFxvZi1vdXJz\r\n");
            line.fallSilent();
        });
    }

    @Test
    void whoHasNoRouteIsToldApart() throws Exception {
        assertThat(upstreams.failureWithoutARoute())
                .hasMessageEndingWith("(look at: routes)")
                .returns(UpstreamFailure.NO_ROUTE, UpstreamException::failure);
    }

    private void fails(UpstreamTls tls, UpstreamFailure expected, String seen, Script script) throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(upstreams.failure(server.port(), tls))
                    .hasMessageContaining(seen)
                    .returns(expected, UpstreamException::failure);
        }
    }
}

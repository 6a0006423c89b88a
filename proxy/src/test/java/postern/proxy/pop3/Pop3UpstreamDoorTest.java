package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.conversation.SampleUpstreams.PASSWORD;
import static postern.proxy.listen.SampleTls.LOCALHOST;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.config.UpstreamTls;
import postern.proxy.conversation.SampleUpstreams;
import postern.proxy.upstream.ScriptedUpstream;
import postern.proxy.upstream.ScriptedUpstream.Script;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** Logs in at POP3 servers that mean well, and at some that do not. */
class Pop3UpstreamDoorTest {

    private static final String CAPA = "+OK\r\nTOP\r\nSTLS\r\n.\r\n";

    private final SampleUpstreams upstreams;

    Pop3UpstreamDoorTest() throws Exception {
        upstreams = new SampleUpstreams(new Pop3UpstreamLanguage());
    }

    @AfterEach
    void close() {
        upstreams.close();
    }

    @Test
    void overTlsFromTheFirstByteHoweverItsPacketsComeApart() throws Exception {
        Script script = line -> {
            line.turnOnTls(LOCALHOST);
            line.trickle("+OK ready\r\n");
            line.hear();
            line.trickle("+OK\r\n");
            line.hear();
            line.trickle("+OK in\r\n");
            line.hear();
            line.trickle(CAPA);
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(upstreams.opened(server.port(), UpstreamTls.IMPLICIT).capabilities())
                    .containsExactly("TOP");
            assertThat(server.heard()).containsExactly("USER ada@example.org*postern", "PASS " + PASSWORD, "CAPA");
            upstreams.awaitObserved("pop3 opened");
        }
    }

    @Test
    void overTlsOnceItIsAskedForByAnAuthorizationIdentity() throws Exception {
        Script script = line -> {
            line.say("+OK ready\r\n");
            line.hear();
            line.say("+OK go\r\n");
            line.turnOnTls(LOCALHOST);
            line.hear();
            line.say("+ \r\n");
            line.hear();
            line.say("+OK in\r\n");
            line.hear();
            line.say(CAPA);
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            upstreams.byAuthzid().opened(server.port(), UpstreamTls.STARTTLS);

            assertThat(server.heard().remove()).isEqualTo("STLS");
            assertThat(server.heard().remove()).isEqualTo("AUTH PLAIN");
            assertThat(new String(Base64.getDecoder().decode(server.heard().remove()), StandardCharsets.UTF_8))
                    .isEqualTo("ada@example.org\0postern\0" + PASSWORD);
        }
    }

    /** Trap 3 */
    @Test
    void whatIsSaidBetweenTheOkAndTheHandshakeIsSomebodyElses() throws Exception {
        fails(UpstreamTls.STARTTLS, UpstreamFailure.UNTRUSTED, "it spoke between its OK", line -> {
            line.say("+OK ready\r\n");
            line.hear();
            line.say("+OK go\r\n+OK you are in\r\n");
            line.turnOnTls(LOCALHOST);
        });
    }

    @Test
    void aMailboxThatIsInUseIsToldApartAndNoPasswordIsRepeated() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.BUSY, "-ERR [IN-USE] locked by PASS ***", line -> {
            line.say("+OK ready\r\n");
            line.hear();
            line.say("+OK\r\n");
            line.hear();
            line.say("-ERR [IN-USE] locked by PASS " + PASSWORD + "\r\n");
            line.fallSilent();
        });
    }

    private void fails(UpstreamTls tls, UpstreamFailure expected, String seen, Script script) throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(upstreams.failure(server.port(), tls))
                    .hasMessageContaining(seen)
                    .returns(expected, UpstreamException::failure);
        }
    }
}

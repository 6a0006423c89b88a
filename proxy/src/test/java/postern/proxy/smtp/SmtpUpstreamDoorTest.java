package postern.proxy.smtp;

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

/** Logs in at submission servers that mean well, and at some that do not. */
class SmtpUpstreamDoorTest {

    private static final String OFFER = "250-mail.example\r\n250-SIZE 9\r\n250 AUTH PLAIN\r\n";

    private final SampleUpstreams upstreams;

    SmtpUpstreamDoorTest() throws Exception {
        upstreams = new SampleUpstreams(new SmtpUpstreamLanguage("postern.example"));
    }

    @AfterEach
    void close() {
        upstreams.close();
    }

    /** Trap 30 */
    @Test
    void overTlsFromTheFirstByteHoweverItsPacketsComeApart() throws Exception {
        Script script = line -> {
            line.turnOnTls(LOCALHOST);
            line.trickle("220-mail.example\r\n220 ready\r\n");
            line.hear();
            line.trickle(OFFER);
            line.hear();
            line.trickle("334 \r\n");
            line.hear();
            line.trickle("235 in\r\n");
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(upstreams.opened(server.port(), UpstreamTls.IMPLICIT).capabilities())
                    .containsExactly("SIZE 9");
            assertThat(server.heard().remove()).isEqualTo("EHLO postern.example");
            assertThat(server.heard().remove()).isEqualTo("AUTH PLAIN");
            assertThat(decoded(server.heard().remove())).isEqualTo("\0ada@example.org*postern\0" + PASSWORD);
            upstreams.awaitObserved("smtp opened");
        }
    }

    @Test
    void overTlsOnceItIsAskedForByAnAuthorizationIdentity() throws Exception {
        Script script = line -> {
            line.say("220 ready\r\n");
            line.hear();
            line.say("250-mail.example\r\n250 STARTTLS\r\n");
            line.hear();
            line.say("220 go\r\n");
            line.turnOnTls(LOCALHOST);
            line.hear();
            line.say(OFFER);
            line.hear();
            line.say("334 \r\n");
            line.hear();
            line.say("235 in\r\n");
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            upstreams.byAuthzid().opened(server.port(), UpstreamTls.STARTTLS);

            assertThat(server.heard()).startsWith("EHLO postern.example", "STARTTLS", "EHLO postern.example");
            assertThat(decoded(server.heard().stream().toList().getLast()))
                    .isEqualTo("ada@example.org\0postern\0" + PASSWORD);
        }
    }

    /** Trap 3 */
    @Test
    void whatIsSaidBetweenTheOkAndTheHandshakeIsSomebodyElses() throws Exception {
        fails(UpstreamTls.STARTTLS, UpstreamFailure.UNTRUSTED, "it spoke between its OK", line -> {
            line.say("220 ready\r\n");
            line.hear();
            line.say("250-mail.example\r\n250 STARTTLS\r\n");
            line.hear();
            line.say("220 go\r\n250 AUTH PLAIN\r\n");
            line.turnOnTls(LOCALHOST);
        });
    }

    /** Trap 30 */
    @Test
    void anAnswerThatNeverEndsIsNotHeardToTheEnd() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.CONFUSED, "more than 100 lines", line -> {
            line.say("220 ready\r\n");
            line.hear();
            line.say("250-X\r\n".repeat(10_000));
            line.fallSilent();
        });
    }

    @Test
    void aPromiseThatIsNotKeptIsNamed() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.CONFUSED, "it offers no SIZE, which its extensions", line -> {
            line.say("220 ready\r\n");
            line.hear();
            line.say("250-mail.example\r\n250 AUTH PLAIN\r\n");
            line.fallSilent();
        });
    }

    @Test
    void whatItRepeatsOfOurLoginIsNotTold() throws Exception {
        fails(UpstreamTls.NONE, UpstreamFailure.REFUSED, "535 5.7.8 not ***", line -> {
            line.say("220 ready\r\n");
            line.hear();
            line.say(OFFER);
            line.hear();
            line.say("334 \r\n");
            line.hear();
            line.say("535 5.7.8 not AGFkYUBleGFtcGxlLm9yZypwb3N0ZXJuAHMzImNyZXRcb2Ytb3Vycw==\r\n");
            line.fallSilent();
        });
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void fails(UpstreamTls tls, UpstreamFailure expected, String seen, Script script) throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(upstreams.failure(server.port(), tls))
                    .hasMessageContaining(seen)
                    .returns(expected, UpstreamException::failure);
        }
    }
}

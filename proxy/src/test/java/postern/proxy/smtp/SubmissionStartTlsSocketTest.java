package postern.proxy.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import postern.config.DoorProtocol;
import postern.credentials.SampleLogins;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.StartTlsContract;
import postern.proxy.listen.FrontEnd;
import postern.proxy.listen.SocketClient;

class SubmissionStartTlsSocketTest extends StartTlsContract {

    @Override
    protected DoorProtocol protocol() {
        return DoorProtocol.SMTP;
    }

    @Override
    protected FrontEnd frontEnd(Doorkeeper doorkeeper) {
        return new SmtpFrontEnd(doorkeeper, new SmtpOffer("mail.example", List.of()), (_, _) -> EnvelopeRules.NONE);
    }

    @Override
    protected String ask() {
        return "STARTTLS";
    }

    @Override
    protected String begin() {
        return "220 2.0.0 Begin TLS.";
    }

    @Override
    protected String question() {
        return "NOOP";
    }

    @Override
    protected String answer() {
        return "250 2.0.0 Nothing happened.";
    }

    @Override
    protected String login() {
        String message = "\0ada@example.org\0" + SampleLogins.SCANNER_SECRET;
        return "EHLO x\r\nAUTH PLAIN "
                + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.US_ASCII))
                + "\r\nQUIT\r\n";
    }

    @Test
    void offersALoginBehindItAndNoOtherStarttls() throws Exception {
        try (SocketClient client = encrypted()) {
            client.say("EHLO x\r\nSTARTTLS\r\n" + login());

            assertThat(client.hear()).isEqualTo("250-mail.example");
            assertThat(client.hear()).isEqualTo("250 AUTH PLAIN LOGIN");
            assertThat(client.hear()).isEqualTo("503 5.5.1 TLS is on already.");
            assertThat(client.hear()).isEqualTo("250-mail.example");
            assertThat(client.hear()).isEqualTo("250 AUTH PLAIN LOGIN");
            assertThat(client.hear()).startsWith("535 5.7.8 ");
            assertThat(client.hear()).isEqualTo("221 2.0.0 See you.");
        }
        assertThat(decisions()).isOne();
    }
}

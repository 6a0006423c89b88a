package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.SCANNER_SECRET;

import org.junit.jupiter.api.Test;
import postern.config.DoorProtocol;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.StartTlsContract;
import postern.proxy.listen.FrontEnd;
import postern.proxy.listen.SocketClient;

class StartTlsSocketTest extends StartTlsContract {

    @Override
    protected DoorProtocol protocol() {
        return DoorProtocol.IMAP;
    }

    @Override
    protected FrontEnd frontEnd(Doorkeeper doorkeeper) {
        return new ImapFrontEnd(doorkeeper);
    }

    @Override
    protected String ask() {
        return "a1 STARTTLS";
    }

    @Override
    protected String begin() {
        return "a1 OK Begin TLS.";
    }

    @Override
    protected String question() {
        return "a9 NOOP";
    }

    @Override
    protected String answer() {
        return "a9 OK Nothing happened.";
    }

    /** With a literal, so that half of it is one that is still to come. */
    @Override
    protected String login() {
        return "a2 LOGIN ada@example.org {24+}\r\n" + SCANNER_SECRET + "\r\na3 LOGOUT\r\n";
    }

    @Test
    void offersALoginBehindItAndNoOtherStarttls() throws Exception {
        try (SocketClient client = encrypted()) {
            client.say("a2 CAPABILITY\r\na3 STARTTLS\r\na4 LOGIN ada@example.org x\r\na5 LOGOUT\r\n");

            assertThat(client.hear()).isEqualTo("* CAPABILITY IMAP4rev1 LITERAL- SASL-IR ID AUTH=PLAIN");
            assertThat(client.hear()).isEqualTo("a2 OK That is all.");
            assertThat(client.hear()).isEqualTo("a3 BAD TLS is on already.");
            assertThat(client.hear()).startsWith("a4 NO [AUTHENTICATIONFAILED]");
            assertThat(client.hear()).isEqualTo("* BYE See you.");
        }
        assertThat(decisions()).isOne();
    }
}

package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.SCANNER_SECRET;

import org.junit.jupiter.api.Test;
import postern.config.DoorProtocol;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.StartTlsContract;
import postern.proxy.listen.FrontEnd;
import postern.proxy.listen.SocketClient;

class StlsSocketTest extends StartTlsContract {

    @Override
    protected DoorProtocol protocol() {
        return DoorProtocol.POP3;
    }

    @Override
    protected FrontEnd frontEnd(Doorkeeper doorkeeper) {
        return new Pop3FrontEnd(doorkeeper);
    }

    @Override
    protected String ask() {
        return "STLS";
    }

    @Override
    protected String begin() {
        return "+OK Begin TLS.";
    }

    @Override
    protected String question() {
        return "AUTH GSSAPI";
    }

    @Override
    protected String answer() {
        return "-ERR I know PLAIN and LOGIN and no other mechanism.";
    }

    @Override
    protected String login() {
        return "USER ada@example.org\r\nPASS " + SCANNER_SECRET + "\r\nQUIT\r\n";
    }

    @Test
    void aNameFromBeforeItIsForgotten() throws Exception {
        try (SocketClient client = greeted()) {
            client.say("USER ada@example.org\r\nSTLS\r\n");
            assertThat(client.hear()).isEqualTo("-ERR Turn on TLS.");
            assertThat(client.hear()).isEqualTo(begin());
            client.turnOnTls().say("PASS " + SCANNER_SECRET + "\r\nUSER ada@example.org\r\nPASS x\r\nSTLS\r\n");

            assertThat(client.hear()).isEqualTo("-ERR Say USER first.");
            assertThat(client.hear()).isEqualTo("+OK And the app password?");
            assertThat(client.hear()).startsWith("-ERR [AUTH]");
            assertThat(client.hear()).isEqualTo("-ERR TLS is on already.");
        }
        assertThat(decisions()).isOne();
    }
}

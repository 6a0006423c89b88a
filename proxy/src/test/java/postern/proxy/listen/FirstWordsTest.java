package postern.proxy.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.DoorProtocol;

/** Trap 49: what begins as another protocol ends there, whole or a byte at a time; what is merely odd does not. */
class FirstWordsTest {

    private static final String PROXY_V2 = "\r\n\r\n\0\r\nQUIT\n!\u0011\0\f";

    private final List<String> refused = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP") // where requests are what is spoken
    void requestsOfBrowsersAndRecordsOfTlsAndHeadersOfProxiesAreSpokenNowhere(DoorProtocol spoken) {
        for (String said : List.of(
                "POST / HTTP/1.1\r\nHost: imap.example.org\r\n\r\na1 LOGOUT\r\n",
                "get / HTTP/1.0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\0\u00c8\u0001\0\0",
                "PROXY TCP4 192.0.2.7 198.51.100.1 50000 143\r\n",
                PROXY_V2,
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\0\0\0\0")) {
            assertRefused(spoken, said);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, EHLO mail.example.org",
        "IMAP, USER ada@example.org",
        "IMAP, CAPA",
        "POP3, EHLO mail.example.org",
        "POP3, MAIL FROM:<ada@example.org>",
        "POP3, a1 LOGIN ada@example.org secret",
        "POP3, A001 CAPABILITY",
        "SMTP, USER ada@example.org",
        "SMTP, APOP ada c4c9334bac560ecc979e58001b3e22fb",
        "SMTP, 1 CAPABILITY",
    })
    void commandsOfAnotherDoorAreRefusedAtThisOne(DoorProtocol spoken, String said) {
        assertRefused(spoken, said + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAP, a1 LOGIN ada@example.org secret",
        "IMAP, 1 XYZZY plugh",
        "IMAP, TAG CAPABILITY",
        "IMAP, a-very-long-tag-that-is-still-a-tag NOOP",
        "POP3, USER capability@example.org",
        "POP3, XYZZY plugh",
        "POP3, AUTH LOGIN",
        "SMTP, AUTH LOGIN",
        "SMTP, EHLO LOGIN",
        "SMTP, XYZZY"
    })
    void whatIsMerelyOddIsHeard(DoorProtocol spoken, String said) {
        for (int packet : List.of(1, 3, 1000)) {
            EmbeddedChannel client = client(spoken);
            say(client, said + "\r\nGET / HTTP/1.1\r\n", packet);

            assertThat(heard(client)).isEqualTo(said + "\r\nGET / HTTP/1.1\r\n");
            client.finishAndReleaseAll();
        }
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void whoSpeaksInsideTlsMayBeAnotherThanWhoAskedForIt(int packet) {
        EmbeddedChannel client = client(DoorProtocol.IMAP);
        say(client, "a1 STARTTLS\r\n", packet);
        client.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);

        assertThatThrownBy(() -> say(client, "POST / HTTP/1.1\r\n", packet)).isInstanceOf(DecoderException.class);
        client.finishAndReleaseAll();
    }

    @Test
    void leavesWhenItKnows() {
        EmbeddedChannel client = client(DoorProtocol.IMAP);
        client.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);

        say(client, "a1 NOOP\r\n", 1000);

        assertThat(client.pipeline().get(FirstWords.class)).isNull();
        client.finishAndReleaseAll();
    }

    private void assertRefused(DoorProtocol spoken, String said) {
        for (int packet : List.of(1, 1000)) {
            refused.clear();
            EmbeddedChannel client = client(spoken);

            assertThatThrownBy(() -> say(client, said, packet)).as(said).isInstanceOf(DecoderException.class);
            say(client, "a1 LOGIN ada secret\r\n", packet);

            assertThat(heard(client)).as("a whole line").doesNotContain("LOGIN ada secret");
            assertThat(refused).hasSize(1);
            client.finishAndReleaseAll();
        }
    }

    private EmbeddedChannel client(DoorProtocol spoken) {
        return new EmbeddedChannel(new FirstWords(spoken, () -> refused.add("refused")));
    }

    private static void say(EmbeddedChannel client, String said, int packet) {
        for (int at = 0; at < said.length(); at += packet) {
            client.writeInbound(
                    Unpooled.copiedBuffer(said.substring(at, Math.min(said.length(), at + packet)), ISO_8859_1));
        }
    }

    private static String heard(EmbeddedChannel client) {
        StringBuilder heard = new StringBuilder();
        for (ByteBuf bytes = client.readInbound(); bytes != null; bytes = client.readInbound()) {
            heard.append(bytes.toString(ISO_8859_1));
            bytes.release();
        }
        return heard.toString();
    }
}

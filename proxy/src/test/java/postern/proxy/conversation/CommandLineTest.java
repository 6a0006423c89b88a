package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.proxy.transcript.Wire.bytes;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.NameRules;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep.GoOn;

class CommandLineTest {

    @ParameterizedTest
    @CsvSource({"QUIT\\r\\n, QUIT", "quit\\n, QUIT", "uTf8 x\\r\\n, UTF8", "NOOP, NOOP", "USER  ada\\r\\n, USER"})
    void readsAVerbInAnyCase(String written, String verb) {
        assertThat(line(written.translateEscapes()).verb()).isEqualTo(verb);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", " QUIT\r\n", "QUIT\t\r\n", "X-Y z\r\n", "QUIT:\r\n", "quït\r\n", "\0QUIT\r\n"})
    void whatOthersMightReadAsAVerbIsNone(String written) {
        assertThat(line(written).verb()).isEmpty();
    }

    @Test
    void theRestIsAllBehindOneSpace() {
        CommandLine line = line("PASS  two spaces \r\n");
        line.verb();

        assertThat(new String(line.rest(), StandardCharsets.US_ASCII)).isEqualTo(" two spaces ");
        assertThat(line.rest()).isEmpty();
    }

    @Test
    void wordsComeOneByOneAndSpacesAtTheEndAreNone() {
        CommandLine line = line("BDAT 5 LAST  \r\n");

        assertThat(line.verb()).isEqualTo("BDAT");
        assertThat(line.atEnd()).isFalse();
        assertThat(line.word()).isEqualTo("5");
        assertThat(line.word()).isEqualTo("LAST");
        assertThat(line.atEnd()).isTrue();
        assertThat(line.word()).isEmpty();
    }

    @Test
    void aLineWithALineEndOrAZeroInsideIsTreacherous() {
        assertThat(line("NOOP\rQUIT\r\n").isTreacherous()).isTrue();
        assertThat(line("NOOP\r\r\n").isTreacherous()).isTrue();
        assertThat(line("NO\0OP\r\n").isTreacherous()).isTrue();
        assertThat(line("NOOP\r\n").isTreacherous()).isFalse();
    }

    @Test
    void theFirstMessageOfALoginMayComeAlong() {
        assertThat(line("\r\n").firstMessage(SaslMechanism.LOGIN, NameRules.NONE))
                .isEqualTo(new GoOn(new SaslExchange.Name()));
        assertThat(line(" YWRhQGV4YW1wbGUub3Jn\r\n").firstMessage(SaslMechanism.LOGIN, NameRules.NONE))
                .isEqualTo(new GoOn(new SaslExchange.Password(ADA)));
    }

    private static CommandLine line(String text) {
        return new CommandLine(bytes(text));
    }
}

package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImapReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"+", "*", "(", "{", "\"", "\\", "%", " "})
    void noTagBeginsWithWhatMeansSomethingElse(String first) {
        assertThatThrownBy(() -> reader(first + "a NOOP").tag())
                .isInstanceOf(ImapSyntaxException.class)
                .hasMessage("Expected a tag at column 0")
                .hasNoCause();
    }

    @Test
    void anAtomEndsWhereItsCharactersDo() throws Exception {
        ImapReader in = reader("FETCH[x]\r\n");

        assertThat(in.atom()).isEqualTo("FETCH[x");
        assertThat(in.atEnd()).isFalse();
    }

    @Test
    void aQuotedStringIsUnescapedInPlaceSoThatNoCopyOfItStays() throws Exception {
        ByteBuf frame = bytes("\"\\\\\\\"x\"\r\n");

        assertThat(new ImapReader(frame).secret().letters()).isEqualTo("\\\"x".getBytes(StandardCharsets.US_ASCII));
        assertThat(frame.getByte(1)).isEqualTo((byte) '\\');
        assertThat(frame.getByte(2)).isEqualTo((byte) '"');
    }

    @Test
    void aPasswordIsTheLastWord() {
        assertThatThrownBy(() -> reader("x y\r\n").secret()).hasMessage("Expected the end of the command at column 1");
    }

    @ParameterizedTest
    @CsvSource({"x y\\r\\n, x y", "x\\n, x", "x, x", "'\\r\\n', ''", "'', ''", "x\\ry\\r\\n, x\\ry"})
    void aLineIsAllUpToItsEnd(String written, String line) {
        assertThat(reader(written.translateEscapes()).line())
                .isEqualTo(line.translateEscapes().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void strangersCannotMakeUsFillStacks() {
        assertThat(new ImapSyntaxException("x", 1).getStackTrace()).isEmpty();
    }

    private static ImapReader reader(String text) {
        return new ImapReader(bytes(text));
    }
}

package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.tagOf;
import static postern.proxy.conversation.SampleBounds.BOUNDS;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.imap.ImapCommand.Authenticate;
import postern.proxy.imap.ImapCommand.Bad;
import postern.proxy.imap.ImapCommand.Login;
import postern.proxy.imap.ImapCommand.Noop;
import postern.proxy.imap.ImapCommand.UnknownMechanism;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.GoOn;
import postern.proxy.sasl.SaslStep.Malformed;

class ImapCommandTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 LOGIN ada@example.org bcdf-ghjk-mnpq-rstv-wxyz",
                "a1 login ADA@example.org BCDFGHJKMNPQRSTVWXYZ",
                "a1 LOGIN \"ada@example.org\" \"bcdf ghjk mnpq rstv wxyz\"",
                "a1 LOGIN \"ad\\a@example.org\" {24+}\r\nbcdf ghjk mnpq rstv wxyz",
                "a1 LOGIN {15}\r\nada@example.org {20}\r\nbcdfghjkmnpqrstvwxyz",
            })
    void readsTheSameLoginHoweverItIsWritten(String line) {
        assertThat(read(line)).isInstanceOfSatisfying(Login.class, login -> {
            assertThat(login.name()).isEqualTo(ADA);
            assertThat(isTheScanners(login.secret())).isTrue();
        });
    }

    @Test
    void readsCommandsInAnyCase() {
        assertThat(read("a1 nOOp")).isEqualTo(new Noop("a1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTHENTICATE PLAIN", "authenticate plain"})
    void readsAnAuthenticateWithOrWithoutItsMessage(String command) {
        String message = Base64.getEncoder()
                .encodeToString("\0ada@example.org\0bcdf-ghjk-mnpq-rstv-wxyz".getBytes(StandardCharsets.US_ASCII));

        assertThat(read("a1 " + command)).isEqualTo(new Authenticate("a1", new GoOn(new SaslExchange.Message())));
        assertThat(read("a1 " + command + " =")).isEqualTo(new Authenticate("a1", new Malformed(SaslMechanism.PLAIN)));
        assertThat(read("a1 " + command + ' ' + message))
                .isInstanceOfSatisfying(
                        Authenticate.class, plain -> assertThat(plain.first()).isInstanceOf(Credentials.class));
    }

    @Test
    void knowsTwoMechanisms() {
        assertThat(read("a1 authenticate login")).isEqualTo(new Authenticate("a1", new GoOn(new SaslExchange.Name())));
        assertThat(read("a1 AUTHENTICATE LOGIN YWRhQGV4YW1wbGUub3Jn"))
                .isEqualTo(new Authenticate("a1", new GoOn(new SaslExchange.Password(ADA))));
        assertThat(read("a1 AUTHENTICATE GSSAPI whatever it says")).isEqualTo(new UnknownMechanism("a1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                  | *  | a tag at column 0",
                "a+ NOOP                             | a  | a space at column 1",
                "a1                                  | a1 | a space at column 2",
                "a1 NOOP x                           | a1 | the end of the command at column 7",
                "a1 LOGIN                            | a1 | a space at column 8",
                "a1 LOGIN ada                        | a1 | a space at column 12",
                "a1 LOGIN ada x y                    | a1 | the end of the command at column 14",
                "a1 LOGIN ada \"x\" \"y\"            | a1 | the end of the command at column 16",
                "a1 LOGIN \"\" x                     | a1 | a user name at column 11",
                "a1 LOGIN ada \"x                    | a1 | a closing quote at column 15",
                "a1 LOGIN ada \"x\\                  | a1 | a closing quote at column 16",
                "a1 LOGIN ada {9+}                   | a1 | a literal of 9 bytes at column 19",
                "a1 LOGIN ada {+}                    | a1 | a literal's size at column 14",
                "a1 LOGIN ada (x)                    | a1 | a string at column 13",
            })
    void saysWhatItExpectedAndWhere(String line, String tag, String expected) {
        assertThat(read(line.strip())).isEqualTo(new Bad(tag, "Expected " + expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{9}", "{9999}", "{99999}", "{2147483648}", "{99999999999999999999}", "{-1}"})
    void believesNoLiteralThatIsNotThere(String size) {
        assertThat(read("a1 LOGIN ada " + size + "\r\nx")).isInstanceOf(Bad.class);
    }

    @Test
    void takesNoNameThatIsNoUtf8() {
        ByteBuf frame = Unpooled.buffer().writeBytes(bytes("a1 LOGIN \"ada")).writeByte(0xff);

        assertThat(ImapCommand.read(frame.writeBytes(bytes("\" x\r\n")), NameRules.NONE, BOUNDS))
                .isEqualTo(new Bad("a1", "Expected a user name at column 15"));
    }

    @Test
    void takesANameOfAnyAlphabet() {
        assertThat(read("a1 LOGIN \"zoë@example.org\" x"))
                .isInstanceOfSatisfying(
                        Login.class, login -> assertThat(login.name()).hasToString("zoë@example.org"));
    }

    @Test
    void aThousandParenthesesAreReadAsFastAsOne() {
        assertThat(read("a1 LOGIN " + "(".repeat(8_000))).isEqualTo(new Bad("a1", "Expected a string at column 9"));
    }

    /** Whatever stands in a frame, there is an answer to it. */
    @Test
    void noiseIsNeverAnException() {
        Random noise = new Random(2026);
        for (int i = 0; i < 20_000; i++) {
            byte[] line = new byte[noise.nextInt(40)];
            noise.nextBytes(line);
            ByteBuf frame = bytes("a1 LOGIN ").writeBytes(line).writeBytes(bytes("\r\n"));

            assertThat(ImapCommand.read(frame, NameRules.NONE, BOUNDS).tag()).isEqualTo("a1");
        }
    }

    private static boolean isTheScanners(PresentedSecret secret) {
        return LOOKUP_KEYS.tag(ADA, secret).equals(tagOf(SCANNER));
    }

    private static ImapCommand read(String line) {
        return ImapCommand.read(bytes(line + "\r\n"), NameRules.NONE, BOUNDS);
    }
}

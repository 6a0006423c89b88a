package postern.proxy.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.tagOf;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.NameRules;
import postern.proxy.sasl.SaslStep.ActingForAnother;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.Malformed;

class PlainMessageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0ada@example.org\0bcdf-ghjk-mnpq-rstv-wxyz",
                "\0ADA@example.org\0BCDF GHJK MNPQ RSTV WXYZ",
                "ada@example.org\0ada@example.org\0bcdfghjkmnpqrstvwxyz",
                "Ada@Example.Org\0ada@example.org\0bcdfghjkmnpqrstvwxyz",
            })
    void readsWhoAsksAndTheirPassword(String message) {
        assertThat(read(message)).isInstanceOfSatisfying(Credentials.class, credentials -> {
            assertThat(credentials.name()).isEqualTo(ADA);
            assertThat(LOOKUP_KEYS.tag(ADA, credentials.secret())).isEqualTo(tagOf(SCANNER));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eve@example.org\0ada@example.org\0x",
                "ada@example.org*root\0ada@example.org\0x",
                " \0ada@example.org\0x",
                "ada\0ada@example.org\0x",
            })
    void nobodyActsForAnother(String message) {
        assertThat(read(message)).isEqualTo(new ActingForAnother());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "\0\0",
                "\0\0\0",
                "ada@example.org",
                "ada@example.org\0x",
                "\0\0x",
                "\0ada@example.org\0x\0",
                "\0ada@example.org\0\0",
                "\0\0ada@example.org\0x",
                "\0ada@example.org\0x\0y\0",
                "\0ada*root\0x",
                "*\0*\0x",
                "\0ada\r\nx LOGOUT\0x",
                "\0ada\u0001auth=x\0x",
            })
    void whatIsNotThreePartsWithANameIsNothing(String message) {
        assertThat(read(message)).isEqualTo(new Malformed(SaslMechanism.PLAIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AGE", "AGFkYQ=", "AG FkYQB4", "AGFkYQB4\r\n", "=", "====", "AGFkYQB4AA==AA"})
    void whatIsNoBase64IsNothing(String base64) {
        assertThat(PlainMessage.read(base64.getBytes(StandardCharsets.US_ASCII), NameRules.NONE))
                .isEqualTo(new Malformed(SaslMechanism.PLAIN));
    }

    @Test
    void aNameThatIsNoUtf8IsNothing() {
        assertThat(PlainMessage.read(Base64.getEncoder().encode(new byte[] {0, (byte) 0xff, 0, 'x'}), NameRules.NONE))
                .isEqualTo(new Malformed(SaslMechanism.PLAIN));
    }

    @Test
    void noPasswordIsAPasswordOfNothing() {
        assertThat(read("\0ada@example.org\0"))
                .isInstanceOfSatisfying(
                        Credentials.class,
                        credentials ->
                                assertThat(credentials.secret().isBlank()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0ada@example.org\0x", "eve\0ada\0x", "no message"})
    void wipesWhatItRead(String message) {
        byte[] base64 = Base64.getEncoder().encode(message.getBytes(StandardCharsets.UTF_8));

        PlainMessage.read(base64, NameRules.NONE);

        assertThat(base64).containsOnly(0);
    }

    @Test
    void wipesWhatItCouldNotRead() {
        byte[] base64 = "AGFkYQB4!".getBytes(StandardCharsets.US_ASCII);

        PlainMessage.read(base64, NameRules.NONE);

        assertThat(base64).containsOnly(0);
    }

    @Test
    void printsNoPassword() {
        assertThat(read("\0ada@example.org\0bcdf").toString())
                .contains("ada@example.org")
                .doesNotContain("bcdf");
    }

    @Test
    void writesForAnUpstreamWhatItWouldReadItself() {
        String written = PlainMessage.write("ada@example.org", "postern", "s3cret");

        assertThat(new String(Base64.getDecoder().decode(written), StandardCharsets.UTF_8))
                .isEqualTo("ada@example.org\0postern\0s3cret");
    }

    @Test
    void noiseIsNeverAnException() {
        Random noise = new Random(2026);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = new byte[noise.nextInt(12)];
            noise.nextBytes(message);

            assertThat(PlainMessage.read(Base64.getEncoder().encode(message), NameRules.NONE))
                    .isNotNull();
            assertThat(PlainMessage.read(message, NameRules.NONE)).isNotNull();
        }
    }

    private static SaslStep read(String message) {
        return PlainMessage.read(Base64.getEncoder().encode(message.getBytes(StandardCharsets.UTF_8)), NameRules.NONE);
    }
}

package postern.proxy.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.tagOf;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.NameRules;
import postern.proxy.sasl.SaslStep.Cancelled;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.GoOn;
import postern.proxy.sasl.SaslStep.Malformed;

class SaslExchangeTest {

    private static final SaslStep NO_LOGIN_MESSAGE = new Malformed(SaslMechanism.LOGIN);

    @Test
    void plainAsksForItsOneMessageWithNothing() {
        assertThat(SaslMechanism.PLAIN.begin()).isEqualTo(new GoOn(new SaslExchange.Message()));
        assertThat(new SaslExchange.Message().challenge()).isEmpty();
        assertThat(new SaslExchange.Message().on(base64("\0ada@example.org\0x"), NameRules.NONE))
                .isInstanceOf(Credentials.class);
    }

    /** Outlook knows these two by heart, and no others (peers: Outlook, SMTP). */
    @Test
    void loginAsksForNameAndPasswordInTheWordsThatOutlookKnows() {
        assertThat(SaslMechanism.LOGIN.begin()).isEqualTo(new GoOn(new SaslExchange.Name()));
        assertThat(new SaslExchange.Name().challenge()).isEqualTo("VXNlcm5hbWU6");
        assertThat(new SaslExchange.Password(ADA).challenge()).isEqualTo("UGFzc3dvcmQ6");
    }

    @Test
    void loginTakesTheNameFirst() {
        assertThat(new SaslExchange.Name().on(base64(" Ada@Example.org "), NameRules.NONE))
                .isEqualTo(new GoOn(new SaslExchange.Password(ADA)));
    }

    /** Veeam sends it so. */
    @Test
    void loginTakesANameThatComesAlong() {
        assertThat(SaslMechanism.LOGIN.begin(base64("ada@example.org"), NameRules.NONE))
                .isEqualTo(new GoOn(new SaslExchange.Password(ADA)));
    }

    @Test
    void loginTakesThePasswordThen() {
        assertThat(new SaslExchange.Password(ADA).on(base64("BCDF ghjk mnpq rstv wxyz"), NameRules.NONE))
                .isInstanceOfSatisfying(Credentials.class, said -> {
                    assertThat(said.name()).isEqualTo(ADA);
                    assertThat(LOOKUP_KEYS.tag(ADA, said.secret())).isEqualTo(tagOf(SCANNER));
                });
    }

    /** Trap 19 */
    @Test
    void noPasswordIsAPasswordOfNothing() {
        assertThat(new SaslExchange.Password(ADA).on(new byte[0], NameRules.NONE))
                .isInstanceOfSatisfying(
                        Credentials.class,
                        said -> assertThat(said.secret().isBlank()).isTrue());
    }

    /** Traps 15 and 17 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\r\nb",
                "a\0b",
                "a\tb",
                "a\"b",
                "a\\b",
                "ada*root",
                "ad%",
                "{5}",
                "a\u2028b",
                "ada\u0001auth=x",
                "a@x*b@x"
            })
    void aHostileNameIsNone(String name) {
        assertThat(new SaslExchange.Name().on(base64(name), NameRules.NONE)).isEqualTo(NO_LOGIN_MESSAGE);
    }

    @Test
    void aNameThatIsNoUtf8IsNone() {
        byte[] line = Base64.getEncoder().encode(new byte[] {'a', (byte) 0xff});

        assertThat(new SaslExchange.Name().on(line, NameRules.NONE)).isEqualTo(NO_LOGIN_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "YW Rh", "====", "YWRh\r"})
    void whatIsNoBase64IsNothing(String line) {
        for (SaslExchange exchange : List.of(new SaslExchange.Name(), new SaslExchange.Password(ADA))) {
            assertThat(exchange.on(line.getBytes(StandardCharsets.US_ASCII), NameRules.NONE))
                    .isEqualTo(NO_LOGIN_MESSAGE);
        }
    }

    @Test
    void aStarAloneCancels() {
        for (SaslExchange exchange :
                List.of(new SaslExchange.Message(), new SaslExchange.Name(), new SaslExchange.Password(ADA))) {
            assertThat(exchange.on(new byte[] {'*'}, NameRules.NONE)).isEqualTo(new Cancelled());
            assertThat(exchange.on(new byte[] {'*', '*'}, NameRules.NONE)).isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoneEqualsSignIsAMessageOfNoBytes(SaslMechanism mechanism) {
        assertThat(mechanism.begin(new byte[] {'='}, NameRules.NONE)).isEqualTo(new Malformed(mechanism));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "Plain", "PLAIN"})
    void aMechanismIsNamedInCapitalsOrNot(String name) {
        assertThat(SaslMechanism.named(name)).contains(SaslMechanism.PLAIN);
        assertThat(SaslMechanism.named(name + "X")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcdfghjkmnpqrstvwxyz", "no base64", "*"})
    void wipesWhatItRead(String typed) {
        byte[] line = typed.equals("no base64") ? typed.getBytes(StandardCharsets.US_ASCII) : base64(typed);

        new SaslExchange.Password(ADA).on(line, NameRules.NONE);

        assertThat(line).containsOnly(0);
    }

    /** Trap 26 */
    @Test
    void noiseIsNeverAnException() {
        Random noise = new Random(2026);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = new byte[noise.nextInt(12)];
            noise.nextBytes(message);

            assertThat(new SaslExchange.Name().on(Base64.getEncoder().encode(message), NameRules.NONE))
                    .isNotNull();
            assertThat(new SaslExchange.Password(ADA).on(message.clone(), NameRules.NONE))
                    .isNotNull();
        }
    }

    private static byte[] base64(String text) {
        return Base64.getEncoder().encode(text.getBytes(StandardCharsets.UTF_8));
    }
}

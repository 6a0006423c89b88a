package postern.proxy.sasl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.NameRules;
import postern.proxy.sasl.SaslStep.ActingForAnother;
import postern.proxy.sasl.SaslStep.Cancelled;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.GoOn;
import postern.proxy.sasl.SaslStep.Malformed;

/** Traps 18, 26: any messages, a line each; the first is said to be of the mechanism that its first letter names. */
class SaslFuzzTest {

    private static final int MOST_STEPS = 3;

    /** What need not be wiped. */
    private static final Set<String> SAYS_NOTHING = Set.of("=", "*");

    static Stream<byte[]> messages() {
        return Stream.of(
                        "P" + base64("\0ada@example.org\0bcdf"),
                        "P" + base64("ada@example.org\0ada@example.org\0bcdf"),
                        "P" + base64("grace@example.org\0ada@example.org\0bcdf"),
                        "P" + base64("\0ada\0b\0c"),
                        "P=\n" + base64("\0ada@example.org\0"),
                        "P*",
                        "L" + base64("ada@example.org") + "\n" + base64("bcdf"),
                        "L=\n*")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("messages")
    @FuzzTest
    void endsInOneOfFiveWays(byte[] input) {
        if (input.length == 0) {
            return;
        }
        SaslMechanism mechanism = input[0] == 'L' ? SaslMechanism.LOGIN : SaslMechanism.PLAIN;
        String[] lines = new String(input, 1, input.length - 1, ISO_8859_1).split("\n", MOST_STEPS);
        byte[] first = lines[0].getBytes(ISO_8859_1);
        SaslStep step = mechanism.begin(first, NameRules.NONE);
        assertThat(isWiped(first) || SAYS_NOTHING.contains(lines[0])).isTrue();
        for (int i = 1; i < lines.length && step instanceof GoOn(SaslExchange next); i++) {
            byte[] line = lines[i].getBytes(ISO_8859_1);
            step = next.on(line, NameRules.NONE);
            assertThat(isWiped(line) || SAYS_NOTHING.contains(lines[i])).isTrue();
        }
        switch (step) {
            case Credentials(var name, var secret) -> {
                assertThat(name.value()).isNotEmpty().matches("[^\\s\"*%\\\\(){}]+");
                assertThat(new Credentials(name, secret).toString()).contains("***");
                secret.close();
            }
            case ActingForAnother _, Cancelled _, GoOn _, Malformed _ -> {}
        }
    }

    private static boolean isWiped(byte[] line) {
        return Arrays.equals(line, new byte[line.length]);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }
}

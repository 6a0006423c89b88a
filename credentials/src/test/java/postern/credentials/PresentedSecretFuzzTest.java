package postern.credentials;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Traps 18, 19: whatever is typed, and however its letters are set apart. */
class PresentedSecretFuzzTest {

    static Stream<byte[]> secrets() {
        return Stream.of(
                        "bcdf-ghjk-mnpq-rstv-wxyz",
                        "BCDF GHJK MNPQ RSTV WXYZ",
                        "bcdf\u00a0ghjk\u200bmnpq\u2013rstv.wxyz\r\n",
                        "correct horse battery staple",
                        "",
                        "\u0130\u212a\ud83d\ude00")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("secrets")
    @FuzzTest
    void isTheSameHoweverItIsSetApart(byte[] typed) {
        byte[] given = typed.clone();
        byte[] kept;
        try (PresentedSecret secret = PresentedSecret.typed(given)) {
            assertThat(given).isEqualTo(new byte[typed.length]);
            assertThat(secret.asTyped()).isEqualTo(typed);
            assertThat(secret.letters().length).isLessThanOrEqualTo(typed.length);
            assertThat(secret.isBlank()).isEqualTo(secret.letters().length == 0);
            assertThat(secret.toString()).isEqualTo("***");
            if (secret.isWellFormed()) {
                String letters = new String(secret.letters(), US_ASCII);
                assertThat(letters).matches("[" + PresentedSecret.ALPHABET + "]{16,32}");
                sameLetters(letters.toUpperCase(Locale.ROOT), secret);
                sameLetters(letters.replaceAll("(....)", "$1 "), secret);
                sameLetters("\t" + letters.replaceAll("(...)", "\u2010$1.\u200d"), secret);
            }
            kept = secret.letters();
        }
        assertThat(kept).isEqualTo(new byte[kept.length]);
    }

    private static void sameLetters(String typed, PresentedSecret secret) {
        try (PresentedSecret again = PresentedSecret.typed(typed.getBytes(UTF_8))) {
            assertThat(again.letters()).isEqualTo(secret.letters());
        }
    }
}

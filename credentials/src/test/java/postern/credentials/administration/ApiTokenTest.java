package postern.credentials.administration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.OneLine;

/** T-01, T-02 */
class ApiTokenTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void isDrawnAndReadAgain() {
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String text = ApiToken.draw(RANDOM).reveal();
            assertThat(text).matches("pst_[0-9A-Za-z]{36}");
            assertThat(ApiToken.parse(text).map(ApiToken::reveal)).contains(text);
            drawn.add(text);
        }
        assertThat(drawn).hasSize(1000);
    }

    /** As GitHub's, but over the prefix, too: most significant digit first, zeros ahead. */
    @Test
    void endsInItsChecksum() {
        String text = ApiToken.draw(RANDOM).reveal();
        CRC32 crc = new CRC32();
        crc.update(text.substring(0, 34).getBytes(StandardCharsets.US_ASCII));
        long told = 0;
        for (byte digit : text.substring(34).getBytes(StandardCharsets.US_ASCII)) {
            told = told * 62 + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".indexOf(digit);
        }

        assertThat(told).isEqualTo(crc.getValue());
    }

    @Test
    void aSlipOfThePenIsNoToken() {
        String text = ApiToken.draw(RANDOM).reveal();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(ApiToken.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .isEmpty();
        }
        assertThat(ApiToken.parse(text + "0")).isEmpty();
        assertThat(ApiToken.parse(text + "\n")).isEmpty();
        assertThat(ApiToken.parse(text.substring(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "pst_", "bcdf-ghjk-mnpq-rstv-wxyz", "' OR 1=1 --", "pst_0123456789012345678901234567890123ß"
            })
    void whatIsSomethingElseIsNoToken(String text) {
        assertThat(ApiToken.parse(text)).isEmpty();
    }

    /** In the name that a client says it has, for example. */
    @Test
    void whereSomebodyTypesItByMistakeThereAreStars() {
        String text = ApiToken.draw(RANDOM).reveal();

        assertThat(OneLine.of("my token: " + text, 200)).isEqualTo("***");
    }

    @Test
    void printsAsStarsAndIsKeptByAHash() {
        ApiToken token = ApiToken.draw(RANDOM);

        assertThat(token).hasToString("***");
        assertThat(token.sha256()).matches("[0-9a-f]{64}").doesNotContain(token.reveal());
    }
}

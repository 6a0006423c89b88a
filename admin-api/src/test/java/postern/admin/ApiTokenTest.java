package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {

    private static final String TEXT = "0123456789abcdefghijklmnopqrstuv";

    private final ApiToken token = new ApiToken(TEXT);

    @Test
    void isBorneByItselfAlone() {
        assertThat(token.isBorneBy("Bearer " + TEXT)).isTrue();
        assertThat(token.isBorneBy("BEARER   " + TEXT + " ")).isTrue();
        assertThat(token.isBorneBy("Bearer " + TEXT.toUpperCase(Locale.ROOT))).isFalse();
        assertThat(token.isBorneBy("Bearer" + TEXT)).isFalse();
        assertThat(token.isBorneBy(null)).isFalse();
    }

    @Test
    void printsAsStars() {
        assertThat(token).hasToString("***");
    }

    @Test
    void isNotShort() {
        assertThatThrownBy(() -> new ApiToken("changeme"))
                .hasMessage("api token: 8 characters (expected: at least 32)");
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT + "\n", " " + TEXT, TEXT + "å"})
    void isOfWhatAHeaderCarries(String text) {
        assertThatThrownBy(() -> new ApiToken(text))
                .hasMessageContaining("(expected: visible ASCII)")
                .hasMessageNotContaining(TEXT);
    }
}

package postern.proxy.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.proxy.sasl.SaslStep.Credentials;

class BasicMessageTest {

    private static final NameRules RULES =
            new NameRules(Optional.of("example.org"), Map.of("contoso", "contoso.example"));

    private static Optional<Credentials> read(String words, Charset charset) {
        return BasicMessage.read("Basic " + Base64.getEncoder().encodeToString(words.getBytes(charset)), RULES);
    }

    private static String letters(Credentials said) {
        return new String(said.secret().letters(), StandardCharsets.US_ASCII);
    }

    @Test
    void aNameAColonAndAPasswordWithColons() {
        Credentials said =
                read("ada@example.org:bcdf-GHJK:x", StandardCharsets.UTF_8).orElseThrow();

        assertThat(said.name()).isEqualTo(new LoginName("ada@example.org"));
        assertThat(letters(said)).isEqualTo("bcdfghjk:x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
    void aNameIsReadInTheCharsetThatTheClientKnows(String charset) {
        Credentials said =
                read("åsa@example.org:bcdfé", Charset.forName(charset)).orElseThrow();

        assertThat(said.name()).isEqualTo(new LoginName("åsa@example.org"));
        assertThat(new String(said.secret().asTyped(), StandardCharsets.UTF_8)).isEqualTo("bcdfé");
    }

    @Test
    void namesFollowTheRulesOfTheDoor() {
        assertThat(read("ada:x", StandardCharsets.UTF_8).orElseThrow().name())
                .isEqualTo(new LoginName("ada@example.org"));
        assertThat(read("CONTOSO\\ada:x", StandardCharsets.UTF_8).orElseThrow().name())
                .isEqualTo(new LoginName("ada@contoso.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", ":x", "a\r\nb:x", "a\0b:x", "a\tb:x", "NOBODYS\\ada:x"})
    void whoNamesNobodyIsNobody(String words) {
        assertThat(read(words, StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Bearer QTpC", "NTLM TlRMTVNTUAAB", "Negotiate QTpC"})
    void anotherSchemeIsNobody(String authorization) {
        assertThat(BasicMessage.read(authorization, RULES)).isEmpty();
    }

    @Test
    void itHasAnEnd() {
        assertThat(read("ada:" + "x".repeat(3_000), StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic ", "BASIC ", "Basic   "})
    void theSchemeIsWrittenAsOneLikes(String scheme) {
        assertThat(BasicMessage.read(scheme + "YWRhOng=", RULES)).isPresent();
    }
}

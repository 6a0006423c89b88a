package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    private final NameRules rules =
            new NameRules(Optional.of("example.org"), Map.of("example", "example.org", "other", "other.example"));

    /** Trap 53: one identity, one budget, one cache entry. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                " Ada@Example.ORG ",
                "ada",
                "ADA",
                "EXAMPLE\\ada",
                "example\\ADA",
                "EXAMPLE\\ada@example.org",
                "OTHER\\ada@example.org",
            })
    void isOneNameHoweverItIsTyped(String typed) {
        assertThat(rules.read(typed)).isEqualTo(ADA);
    }

    @Test
    void aWindowsDomainIsAMailDomainOfItsOwn() {
        assertThat(rules.read("OTHER\\ada")).isEqualTo(new LoginName("ada@other.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOBODY\\ada", "\\ada", "EXAMPLE\\", "EXAMPLE\\a\\b", ""})
    void meansNobodyOtherwise(String typed) {
        assertThatThrownBy(() -> rules.read(typed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutRulesABareNameStaysOne() {
        assertThat(NameRules.NONE.read("ada")).isEqualTo(new LoginName("ada"));
        assertThatThrownBy(() -> NameRules.NONE.read("EXAMPLE\\ada")).isInstanceOf(IllegalArgumentException.class);
    }
}

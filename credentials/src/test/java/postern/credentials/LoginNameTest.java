package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "Ada@Example.ORG", " ada@example.org ", "ADA@EXAMPLE.ORG\t"})
    void isOneNameHoweverItIsWritten(String written) {
        assertThat(new LoginName(written)).isEqualTo(new LoginName("ada@example.org"));
    }

    @Test
    void isOneNameHoweverItsAccentsAreComposed() {
        assertThat(new LoginName("zo\u00eb@example.org")).isEqualTo(new LoginName("zoe\u0308@example.org"));
    }

    /** Some capitals have no accented form of one character, and their small letters have. */
    @ParameterizedTest
    @ValueSource(strings = {"J\u030cane", "\u01f0ane", "J\u030cANE"})
    void isOneNameHoweverItsCapitalsAreComposed(String written) {
        assertThat(new LoginName(written)).isEqualTo(new LoginName("\u01f0ane"));
    }

    /** DNS has one spelling of several signs, and the wide at sign is an at sign to it. */
    @ParameterizedTest
    @ValueSource(strings = {"ada@b\uff20example.org", "ada@\ufe6bexample.org"})
    void hasOneDomainEvenWhereItsOtherSpellingHasTwo(String written) {
        assertThatThrownBy(() -> new LoginName(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("login name: ");
    }

    /** Each has once turned one person into another, or one line into two, in some mail system. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada\r\nb",
                "ada\0b",
                "ada\u0001auth=Bearer",
                "ada\tb",
                "ada b",
                "ada\"b",
                "ada\\b",
                "victim*master",
                "victim%x",
                "ada{5}",
                "(ada)",
                "ada<b>",
                "ada;b",
                "ada\u2028b",
                "ada\u00a0b",
                "ada\u200bb",
                "ada\ufffdb",
                "ada\ud800b",
            })
    void hasNoCharacterThatAnotherSystemReadsMeaningInto(String name) {
        assertThatThrownBy(() -> new LoginName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("login name: has a character that no login name has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zo\u00eb@ex\u00e4mple.org", "ZO\u00cb@EX\u00c4MPLE.org", "zo\u00eb@xn--exmple-cua.org"})
    void isOneNameInWhicheverSpellingItsDomainIs(String written) {
        assertThat(new LoginName(written)).hasToString("zo\u00eb@xn--exmple-cua.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@example.org", "ada@", "ada@one@two", "ada@x..y@z"})
    void hasOneNameAndOneDomainAtMost(String name) {
        assertThatThrownBy(() -> new LoginName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNeitherEmptyNorEndless() {
        assertThatThrownBy(() -> new LoginName("  ")).hasMessage("login name: 0 characters (expected: 1 to 320)");
        assertThatThrownBy(() -> new LoginName("a".repeat(321)))
                .hasMessage("login name: 321 characters (expected: 1 to 320)");
    }

    @Test
    void isNotToldWhenItIsASecretInTheWrongField() {
        assertThat(new LoginName("bcdf-ghjk-mnpq-rstv-wxyz")).hasToString("***");
        assertThat(new LoginName("bcdf-ghjk-mnpq-rstv-wxyz@example.org").toString())
                .contains("bcdf");
    }

    @Test
    void knowsItsDomain() {
        assertThat(new LoginName("ada@example.org").domain()).isEqualTo("example.org");
        assertThat(new LoginName("ada").domain()).isEmpty();
    }
}

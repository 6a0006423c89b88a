package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Traps 15, 16, 17, 53: whatever is typed is nobody's name, or one name that is its own. */
class LoginNameFuzzTest {

    private static final NameRules RULES =
            new NameRules(Optional.of("example.org"), Map.of("contoso", "contoso.example"));

    static Stream<String> names() {
        return Stream.of(
                "ada@example.org",
                " ADA ",
                "CONTOSO\\ada",
                "NOBODY\\ada",
                "zo\u00eb@b\u00fccher.example",
                "J\u030cane@\uff45xample.org",
                "ada@b\uff20example.org",
                "victim*master",
                "a@b@c",
                "ada@xn--bcher-kva.example",
                "\u0130@\u212a.example",
                "ada@example\u3002org");
    }

    @MethodSource("names")
    @FuzzTest
    void isNobodysNameOrOneThatIsItsOwn(String typed) {
        if (typed == null) {
            return;
        }
        for (NameRules rules : new NameRules[] {NameRules.NONE, RULES}) {
            LoginName name;
            try {
                name = rules.read(typed);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("login name: ");
                continue;
            }
            assertThat(new LoginName(name.value())).isEqualTo(name);
            assertThat(NameRules.NONE.read(name.value())).isEqualTo(name);
            assertThat(name.value()).hasSizeBetween(1, 320).matches("[^\\p{Z}\\p{C}\"*%\\\\(){}<>\\[\\],;:]+");
            assertThat(name.value().chars().filter(c -> c == '@').count()).isLessThanOrEqualTo(1);
            assertThat(name.domain()).matches("\\p{ASCII}*");
        }
    }
}

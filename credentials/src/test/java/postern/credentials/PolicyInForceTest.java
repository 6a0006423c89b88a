package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.POLICY;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.PolicyInForce.Layer;
import postern.credentials.PolicySubject.Domain;
import postern.credentials.PolicySubject.Everyone;
import postern.credentials.PolicySubject.One;

/** P-03: what is in force for somebody, and why. */
class PolicyInForceTest {

    private static final PolicyRules NO_NEW = PolicyRules.SILENT.withAppPasswords(AppPasswords.NO_NEW);
    private static final PolicyRules ALLOWED = PolicyRules.SILENT.withAppPasswords(AppPasswords.ALLOWED);
    private static final PolicyRules SUSPENDED = PolicyRules.SILENT.withAppPasswords(AppPasswords.SUSPENDED);

    @Test
    void whatNobodySaysAnythingOnIsAsConfigured() {
        PolicyInForce inForce = PolicyInForce.of(POLICY, List.of());

        assertThat(inForce.policy()).isEqualTo(POLICY);
        assertThat(inForce.sources())
                .hasSize(8)
                .containsOnlyKeys(
                        "app_passwords",
                        "second_step_required",
                        "most_per_account",
                        "secret_length",
                        "protocols",
                        "longest_life",
                        "unused_after",
                        "issuers");
        assertThat(inForce.sources().values()).containsOnly("configuration");
    }

    @Test
    void theSmallestCircleHasTheLastWordWhateverOrderTheyComeIn() {
        Layer everyone = new Layer(new Everyone(), NO_NEW);
        Layer domain = new Layer(new Domain("example.org"), SUSPENDED);
        Layer ada = new Layer(new One(ADA), ALLOWED);

        assertThat(decision(everyone)).isEqualTo("no-new by everyone");
        assertThat(decision(domain, everyone)).isEqualTo("suspended by @example.org");
        assertThat(decision(ada, domain, everyone)).isEqualTo("allowed by ada@example.org");
        assertThat(decision(everyone, ada)).isEqualTo("allowed by ada@example.org");
    }

    @Test
    void aLimitOfNothingLiftsTheOneBelow() {
        PolicyRules ninetyDays = lifeOf(Duration.ofDays(90));
        PolicyRules forever = lifeOf(Duration.ZERO);

        assertThat(PolicyInForce.of(POLICY, List.of(new Layer(new Everyone(), ninetyDays)))
                        .policy()
                        .longestLife())
                .contains(Duration.ofDays(90));
        assertThat(PolicyInForce.of(
                                POLICY,
                                List.of(new Layer(new Everyone(), ninetyDays), new Layer(new One(ADA), forever)))
                        .policy()
                        .longestLife())
                .isEmpty();
    }

    @Test
    void rulesThatCannotBeAreRefusedWhenTheyAreMade() {
        assertThatThrownBy(() -> lifeOf(Duration.ofHours(1)))
                .hasMessage("longest_life: PT1H (expected: a day or more)");
        assertThatThrownBy(() -> most(OptionalInt.of(101), OptionalInt.empty()))
                .hasMessage("most_per_account: 101 (expected: 0 to 100)");
        assertThatThrownBy(() -> most(OptionalInt.empty(), OptionalInt.of(12)))
                .hasMessage("secret_length: 12 (expected: 16 to 32)");
    }

    @Test
    void aSubjectIsReadAsItIsWritten() {
        for (String text : List.of("everyone", "@example.org", "ada@example.org", "ada")) {
            assertThat(PolicySubject.parse(text)).hasToString(text);
        }
        assertThat(PolicySubject.parse("@EXAMPLE.org")).isEqualTo(new Domain("example.org"));
    }

    private static String decision(Layer... layers) {
        PolicyInForce inForce = PolicyInForce.of(POLICY, List.of(layers));
        return inForce.policy().appPasswords() + " by " + inForce.sources().get("app_passwords");
    }

    private static PolicyRules lifeOf(Duration life) {
        return new PolicyRules(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(life),
                Optional.empty(),
                Optional.empty());
    }

    private static PolicyRules most(OptionalInt perAccount, OptionalInt secretLength) {
        return new PolicyRules(
                Optional.empty(),
                Optional.empty(),
                perAccount,
                secretLength,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

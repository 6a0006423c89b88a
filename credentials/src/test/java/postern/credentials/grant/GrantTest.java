package postern.credentials.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.adasGrant;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.secret;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {

    private static final Trouble AWAY = new Trouble("timeout", "no answer in 10 s", MONDAY);
    private static final Trouble DEAD = new Trouble("invalid_grant", "AADSTS700082: expired", MONDAY);

    @Test
    void countsTheDaysThatAreLeftToIt() {
        Grant forNinetyDays = adasGrant().renewed(MONDAY, Optional.of(MONDAY.plus(Duration.ofDays(90))));

        assertThat(forNinetyDays.daysLeft(MONDAY)).contains(90L);
        assertThat(forNinetyDays.daysLeft(MONDAY.plus(Duration.ofDays(89)).plusMillis(1)))
                .contains(0L);
        assertThat(forNinetyDays.daysLeft(MONDAY.plus(Duration.ofDays(200)))).contains(0L);
        assertThat(adasGrant().daysLeft(MONDAY)).isEmpty();
    }

    @Test
    void anOutageDoesNotHideThatItsOwnerHasToGiveAnother() {
        assertThat(adasGrant().failed(AWAY).state()).isEqualTo(GrantState.FAILING);

        Grant dead = adasGrant().failed(AWAY).refused(DEAD);
        assertThat(dead.failed(AWAY)).isEqualTo(dead);
        assertThat(dead.trouble()).contains(DEAD);
    }

    @Test
    void whatWorksHasNoTrouble() {
        Grant again = adasGrant().refused(DEAD).renewed(MONDAY, Optional.empty());

        assertThat(again.state()).isEqualTo(GrantState.WORKING);
        assertThat(again.trouble()).isEmpty();
        assertThat(again.refreshedAt()).contains(MONDAY);
    }

    /** H-07: some servers answer with what they were sent. */
    @Test
    void aTokenInTheProvidersWordsIsStruck() {
        String token = "1.AXoA_" + "x9-".repeat(400);

        Trouble trouble = new Trouble("invalid_grant", "AADSTS70043: " + token + " has expired", MONDAY);

        assertThat(trouble.words()).isEqualTo("AADSTS70043: *** has expired");
        assertThat(secret("hunter2").struckFrom("NO LOGIN ada hunter2 failed")).isEqualTo("NO LOGIN ada *** failed");
    }

    @Test
    void theProvidersWordsAreOneBoundedLine() {
        Trouble trouble = new Trouble(
                " invalid\r\ngrant ",
                "AADSTS50076\u2028Trace ID: 8e1f6a9c-4a3f-4d0e-9b2f-6f2d7d1c0a00\n" + "so ".repeat(1000),
                MONDAY);

        assertThat(trouble.code()).isEqualTo("invalid grant");
        assertThat(trouble.words())
                .startsWith("AADSTS50076 Trace ID: 8e1f6a9c-4a3f-4d0e-9b2f-6f2d7d1c0a00 so")
                .hasSizeBetween(390, 400);
        assertThatThrownBy(() -> new Trouble("\n", "", MONDAY))
                .hasMessage("trouble: no code (expected: what the provider said, or did)");
    }

    /** H-07 */
    @Test
    void aSecretLeavesNothingBehindAndIsNotReadAfterwards() {
        byte[] given = CANARY.getBytes(StandardCharsets.UTF_8);
        GrantSecret secret = GrantSecret.of(given);
        byte[] live = secret.bytes();
        assertThat(clear(secret)).isEqualTo(CANARY);

        secret.close();

        assertThat(given).containsOnly(0);
        assertThat(live).containsOnly(0);
        assertThat(secret).hasToString("***");
        assertThatThrownBy(secret::bytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSecretHasASize() {
        assertThatThrownBy(() -> GrantSecret.of(new byte[0]))
                .hasMessage("grant secret: 0 bytes (expected: 1 to 16384)");
        assertThatThrownBy(() -> GrantSecret.of(new byte[16_385]))
                .hasMessage("grant secret: 16385 bytes (expected: 1 to 16384)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "grt_", "apw_scanner000000001", "grt_ADAATCONTOSO0001", "grt_adaatcontoso00012"})
    void anIdHasItsForm(String value) {
        assertThatThrownBy(() -> new GrantId(value)).isInstanceOf(IllegalArgumentException.class);
    }
}

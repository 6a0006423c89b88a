package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.config.SampleFiles.read;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockoutSettingsTest {

    /** L-08 */
    @Test
    void theListsAreReadWithTheirReasonsAndTheirEnds() throws Exception {
        LockoutSettings lockout = read("""
                lockout.allow = [ { network = "192.0.2.7", reason = monitoring, author = grace } ]
                lockout.deny = [
                  { network = "2001:db8::/32", until = "2027-01-31T12:00:00Z", hard = true }
                  { name = "ada@example.org", network = "203.0.113.0/24" }
                ]
                """).lockout();

        assertThat(lockout.allow())
                .containsExactly(new LockoutEntrySettings(
                        Optional.of("192.0.2.7"), Optional.empty(), "monitoring", "grace", Optional.empty(), false));
        assertThat(lockout.deny())
                .containsExactly(
                        new LockoutEntrySettings(
                                Optional.of("2001:db8::/32"),
                                Optional.empty(),
                                "",
                                "",
                                Optional.of(Instant.parse("2027-01-31T12:00:00Z")),
                                true),
                        new LockoutEntrySettings(
                                Optional.of("203.0.113.0/24"),
                                Optional.of("ada@example.org"),
                                "",
                                "",
                                Optional.empty(),
                                false));
    }

    @Test
    void anEntryForEverybodyIsAMistake() {
        assertThatThrownBy(() -> read("lockout.deny = [\n  { reason = all }\n]"))
                .hasMessage("postern.conf: 2: lockout.deny[0]: neither network nor name "
                        + "(expected: one of them, or both)");
    }

    @Test
    void aMisspeltKeyOfAnEntryIsToldWithItsPlace() {
        assertThatThrownBy(() -> read("lockout.deny = [\n  { netwrok = \"192.0.2.7\", name = x }\n]"))
                .hasMessage("postern.conf: 2: lockout.deny[0].netwrok: unknown (did you mean network?)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "mail.example.org", "::/129", "1.2.3.4/5/6"})
    void whatIsNoNetworkIsAMistake(String network) {
        assertThatThrownBy(() -> read("lockout.deny = [ { network = \"" + network + "\" } ]"))
                .hasMessageContaining("(expected: an IP address or a network such as 192.0.2.0/24)");
    }

    @Test
    void whatIsNoLoginNameIsAMistake() {
        assertThatThrownBy(() -> read("lockout.deny = [ { name = \"*\" } ]"))
                .hasMessage("postern.conf: 1: lockout.deny[0].name: \"*\" (expected: a login name)");
    }

    @Test
    void aTimeThatIsNoneIsAMistake() {
        assertThatThrownBy(() -> read("lockout.deny = [ { name = x, until = tomorrow } ]"))
                .hasMessage("postern.conf: 1: lockout.deny[0].until: \"tomorrow\" "
                        + "(expected: a time such as 2027-01-31T12:00:00Z)");
    }
}

package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/** L-08 */
class OperatorListsTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final String INSIDE = "203.0.113.9";
    private static final String OUTSIDE = "198.51.100.1";
    private static final Optional<SourceNetwork> NETWORK = Optional.of(SourceNetwork.parse("203.0.113.0/24"));

    private static final ListEntry BY_NETWORK =
            new ListEntry(NETWORK, Optional.empty(), "botnet", "root", Optional.empty(), false);
    private static final ListEntry HARD =
            new ListEntry(NETWORK, Optional.empty(), "botnet", "root", Optional.empty(), true);
    private static final ListEntry BY_NAME =
            new ListEntry(Optional.empty(), Optional.of(ADA), "on leave", "root", Optional.empty(), false);

    @Test
    void aNetworkCoversItsAddressesWhoeverCallsFromThere() {
        assertThat(denying(BY_NETWORK).denies(attempt(ADA, INSIDE))).isTrue();
        assertThat(denying(BY_NETWORK).denies(attempt(BOB, INSIDE))).isTrue();
        assertThat(denying(BY_NETWORK).denies(attempt(ADA, OUTSIDE))).isFalse();
    }

    @Test
    void aNameIsCoveredWhereverItCallsFrom() {
        assertThat(denying(BY_NAME).denies(attempt(ADA, OUTSIDE))).isTrue();
        assertThat(denying(BY_NAME).denies(attempt(BOB, OUTSIDE))).isFalse();
    }

    @Test
    void bothTogetherCoverThatNameFromThere() {
        OperatorLists lists =
                denying(new ListEntry(NETWORK, Optional.of(ADA), "stolen laptop", "root", Optional.empty(), false));

        assertThat(lists.denies(attempt(ADA, INSIDE))).isTrue();
        assertThat(lists.denies(attempt(BOB, INSIDE))).isFalse();
        assertThat(lists.denies(attempt(ADA, OUTSIDE))).isFalse();
    }

    @Test
    void anEntryEndsAtItsEnd() {
        ListEntry over = new ListEntry(NETWORK, Optional.empty(), "botnet", "root", Optional.of(MONDAY), false);
        ListEntry notYet =
                new ListEntry(NETWORK, Optional.empty(), "botnet", "root", Optional.of(MONDAY.plusMillis(1)), false);

        assertThat(denying(over).denies(attempt(ADA, INSIDE))).isFalse();
        assertThat(denying(notYet).denies(attempt(ADA, INSIDE))).isTrue();
    }

    @Test
    void anAllowanceLiftsADenialUnlessItIsHard() {
        assertThat(lists(List.of(BY_NAME), List.of(BY_NETWORK)).denies(attempt(ADA, INSIDE)))
                .isFalse();
        assertThat(lists(List.of(BY_NAME), List.of(BY_NETWORK)).denies(attempt(BOB, INSIDE)))
                .isTrue();
        assertThat(lists(List.of(BY_NAME), List.of(BY_NETWORK, HARD)).denies(attempt(ADA, INSIDE)))
                .isTrue();
    }

    @Test
    void anEntryForEverybodyIsNone() {
        assertThatThrownBy(() -> new ListEntry(Optional.empty(), Optional.empty(), "", "root", Optional.empty(), true))
                .hasMessage("entry: neither network nor name (expected: one of them, or both)");
    }

    private static OperatorLists denying(ListEntry entry) {
        return lists(List.of(), List.of(entry));
    }

    private static OperatorLists lists(List<ListEntry> allow, List<ListEntry> deny) {
        return new OperatorLists(allow, deny, InstantSource.fixed(MONDAY));
    }

    private static LoginAttempt attempt(LoginName name, String client) {
        return attemptFrom(client, name, WRONG_SECRET);
    }
}

package postern.credentials.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.POLICY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Account.Holder.Device;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;

class AppPasswordChangesTest {

    private static final LoginName BOB = new LoginName("bob@example.org");

    private final SampleStore store = SampleStore.with(SCANNER);
    private final AppPasswordChanges changes = new AppPasswordChanges(store.credentials(), POLICY);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aNameIsChangedForTheOwnerAlone() throws Exception {
        assertThat(changes.rename(ADA, SCANNER_ID, "Copier", ROOT)).contains(SCANNER.withName("Copier"));
        assertThat(changes.rename(BOB, SCANNER_ID, "Mine", ROOT)).isEmpty();
        assertThatThrownBy(() -> changes.rename(ADA, SCANNER_ID, " ", ROOT))
                .hasMessage("name: 0 characters (expected: 1 to 60)");
    }

    @Test
    void aScopeIsChangedAsFarAsPolicyAllows() throws Exception {
        store.policies().put(new PolicySubject.Everyone(), only(Set.of(Protocol.IMAP, Protocol.SMTP)), ROOT);

        assertThat(changes.rescope(ADA, SCANNER_ID, scope -> scope.withProtocols(Set.of(Protocol.SMTP)), ROOT))
                .map(one -> one.scope().protocols())
                .contains(Set.of(Protocol.SMTP));
        assertThatThrownBy(() ->
                        changes.rescope(ADA, SCANNER_ID, scope -> scope.withProtocols(Set.of(Protocol.POP3)), ROOT))
                .hasMessage("protocols: pop3 (expected: some of imap, smtp)");
        assertThat(changes.rescope(BOB, SCANNER_ID, scope -> scope, ROOT)).isEmpty();
    }

    /** P-07 */
    @Test
    void aDeviceKeepsItsNetworks() throws Exception {
        store.accounts().revise(ADA, one -> one.withHolder(new Device("Facility management")), ROOT);
        List<SourceNetwork> office = List.of(SourceNetwork.parse("192.0.2.0/24"));

        assertThat(changes.rescope(ADA, SCANNER_ID, scope -> scope.withNetworks(office), ROOT))
                .isPresent();
        assertThatThrownBy(() -> changes.rescope(ADA, SCANNER_ID, scope -> scope.withNetworks(List.of()), ROOT))
                .hasMessage("networks: none (expected: those that the device is in)");
    }

    /** S-02, P-02 */
    @Test
    void noneLivesLongerThanPolicyAllows() throws Exception {
        AppPasswordChanges strict =
                new AppPasswordChanges(store.credentials(), policy(Optional.of(Duration.ofDays(30)), Optional.empty()));
        Instant latest = SCANNER.createdAt().plus(Duration.ofDays(30));

        assertThat(strict.rescope(ADA, SCANNER_ID, scope -> scope.withExpiresAt(Optional.of(latest)), ROOT))
                .isPresent();
        assertThatThrownBy(() -> strict.rescope(
                        ADA, SCANNER_ID, scope -> scope.withExpiresAt(Optional.of(latest.plusMillis(1))), ROOT))
                .hasMessage("expires_at: 2026-02-04T08:00:00.001Z (expected: 2026-02-04T08:00:00Z at the latest)");
        assertThat(strict.rescope(ADA, SCANNER_ID, scope -> scope.withExpiresAt(Optional.empty()), ROOT))
                .as("policy ends it")
                .isPresent();
    }

    @Test
    void whatIsSuspendedIsResumed() throws Exception {
        assertThat(changes.suspend(ADA, SCANNER_ID, ROOT))
                .map(AppPassword::suspended)
                .contains(true);
        assertThat(changes.resume(ADA, SCANNER_ID, ROOT))
                .contains(SCANNER.suspend().resume(MONDAY));
        assertThat(changes.suspend(ADA, new AppPasswordId("apw_nobodys000000001"), ROOT))
                .isEmpty();
    }

    private static PolicyRules only(Set<Protocol> protocols) {
        return new PolicyRules(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(protocols),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPassword;
import postern.credentials.LastUse;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject.Everyone;
import postern.credentials.Proof;
import postern.credentials.Protocol;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.Scope;
import postern.credentials.SourceNetwork;

/** C-02: what must be true besides the secret, asked of what the store says now. */
class AdmissionTest {

    private static final InetAddress OFFICE = InetAddress.ofLiteral("192.0.2.7");

    private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
    private final SampleStore store = SampleStore.with(SCANNER);
    private final Admission admission = new Admission(SampleDecision.snapshots(store), now::get);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothingSpeaksAgainstOneThatIsAsItWasMade() throws Exception {
        assertThat(objection()).isEmpty();
    }

    @Test
    void aRevokedOneAndThoseOfAnErasedAccount() throws Exception {
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);
        assertThat(objection()).contains(Reason.REVOKED);

        store.accounts().erase(ADA, ROOT);
        assertThat(objection()).contains(Reason.REVOKED);
    }

    @Test
    void aDisabledAccountUntilItIsEnabledAgain() throws Exception {
        store.accounts().revise(ADA, one -> one.withEnabled(false), ROOT);
        assertThat(objection()).contains(Reason.ACCOUNT_DISABLED);

        store.accounts().revise(ADA, one -> one.withEnabled(true), ROOT);
        assertThat(objection()).isEmpty();
    }

    @Test
    void aSuspendedOneUntilItIsResumed() throws Exception {
        revise(AppPassword::suspend);
        assertThat(objection()).contains(Reason.SUSPENDED);

        revise(one -> one.resume(MONDAY));
        assertThat(objection()).isEmpty();
    }

    /** P-03: reversible, and what is there stays there. */
    @Test
    void allOfThemWhilePolicySuspends() throws Exception {
        policy(PolicyRules.SILENT.withAppPasswords(AppPasswords.SUSPENDED));
        assertThat(objection()).contains(Reason.SUSPENDED_BY_POLICY);

        policy(PolicyRules.SILENT.withAppPasswords(AppPasswords.NO_NEW));
        assertThat(objection()).isEmpty();
    }

    /** P-01 */
    @Test
    void anotherProtocolThanItIsForOrPolicyAllows() throws Exception {
        scope(scope -> scope.withProtocols(Set.of(Protocol.SMTP)));
        assertThat(objection()).contains(Reason.OTHER_PROTOCOL);

        scope(scope -> scope.withProtocols(Protocol.ALL));
        assertThat(objection()).isEmpty();

        policy(new PolicyRules(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(Set.of(Protocol.SMTP)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        assertThat(objection()).contains(Reason.OTHER_PROTOCOL);
    }

    /** P-02 */
    @Test
    void anotherNetworkThanItIsFor() throws Exception {
        scope(scope -> scope.withNetworks(
                List.of(SourceNetwork.parse("2001:db8::/32"), SourceNetwork.parse("198.51.100.0/24"))));
        assertThat(objection()).contains(Reason.OTHER_NETWORK);

        scope(scope -> scope.withNetworks(List.of(SourceNetwork.parse("192.0.2.0/24"))));
        assertThat(objection()).isEmpty();
    }

    /** P-02, S-02 */
    @Test
    void beforeItsTimeAndAfter() throws Exception {
        scope(scope -> scope.withNotBefore(Optional.of(MONDAY.plusSeconds(1)))
                .withExpiresAt(Optional.of(MONDAY.plusSeconds(2))));
        assertThat(objection()).contains(Reason.NOT_YET_VALID);

        now.set(MONDAY.plusSeconds(1));
        assertThat(objection()).isEmpty();
        now.set(MONDAY.plusSeconds(2));
        assertThat(objection()).contains(Reason.EXPIRED);
    }

    @Test
    void whenItHasLivedLongerThanPolicyAllows() throws Exception {
        policy(times(Optional.of(Duration.ofDays(2)), Optional.empty()));
        assertThat(objection()).isEmpty();

        now.set(SCANNER.createdAt().plus(Duration.ofDays(2)));
        assertThat(objection()).contains(Reason.EXPIRED);
    }

    /** P-02: two years without an end are no reason; half a year in a drawer may be one, until it is resumed. */
    @Test
    void whenNobodyHasUsedItForLongerThanPolicyAllows() throws Exception {
        now.set(MONDAY.plus(Duration.ofDays(730)));
        assertThat(objection()).isEmpty();

        policy(times(Optional.empty(), Optional.of(Duration.ofDays(180))));
        assertThat(objection()).contains(Reason.UNUSED);

        revise(one -> one.resume(now.get()));
        assertThat(objection()).isEmpty();

        now.set(now.get().plus(Duration.ofDays(180)));
        assertThat(objection()).contains(Reason.UNUSED);
        LastUse use = new LastUse(now.get(), Protocol.IMAP, OFFICE, Optional.empty());
        store.credentials().used(Map.of(SCANNER_ID, use));
        revise(one -> one.withName("read again"));
        assertThat(objection()).isEmpty();
    }

    /** I-03 */
    @Test
    void anImportedOneOnceTheTimeOfTheseIsOver() throws Exception {
        assertThat(whenImportedEnd(MONDAY)).as("ours").isEmpty();

        revise(one -> one.withProof(new Proof.Imported("mailcow:17", "{SSHA256}x")));
        assertThat(whenImportedEnd(MONDAY.plusMillis(1))).isEmpty();
        assertThat(whenImportedEnd(MONDAY)).contains(Reason.EXPIRED);
    }

    private Optional<Reason> whenImportedEnd(Instant end) throws Exception {
        return Admission.objection(
                store.credentials().snapshot(ADA, SampleLogins.policy(Optional.empty(), Optional.of(end))),
                SCANNER_ID,
                Protocol.IMAP,
                OFFICE,
                MONDAY);
    }

    private Optional<Reason> objection() throws Exception {
        return admission.objection(ADA, SCANNER_ID, Protocol.IMAP, OFFICE);
    }

    private void scope(UnaryOperator<Scope> change) throws Exception {
        revise(one -> one.withScope(change));
    }

    private void revise(UnaryOperator<AppPassword> change) throws Exception {
        assertThat(store.credentials().revise(ADA, SCANNER_ID, change, ROOT)).isPresent();
    }

    private void policy(PolicyRules rules) throws Exception {
        store.policies().put(new Everyone(), rules, ROOT);
    }

    private static PolicyRules times(Optional<Duration> longestLife, Optional<Duration> unusedAfter) {
        return new PolicyRules(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                longestLife,
                unusedAfter,
                Optional.empty());
    }
}

package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.adaByAddress;
import static postern.credentials.SampleLogins.adaWith;
import static postern.credentials.SampleLogins.hashingPool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.BrokenStore;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.Scope;
import postern.credentials.SourceNetwork;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.throttle.ListEntry;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.LockoutPolicy.Mode;
import postern.credentials.throttle.SampleLockouts;

/** An address that stands for an app password: nothing is guessed and nothing proven, and all else holds. */
class AddressLoginTest {

    private final List<LoginOutcome> observed = new ArrayList<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private final SampleStore sample = SampleStore.with(SCANNER);
    private final Snapshots snapshots = SampleDecision.snapshots(sample);
    private final HashingPool hashing = hashingPool();
    private Lockout lockout = SampleLockouts.lockout(() -> 0);

    @AfterEach
    void close() {
        hashing.close();
        sample.close();
    }

    @Test
    void isLetInByWhatItsAddressStandsForAndIsObservedOnce() {
        assertThat(login(adaByAddress())).isEqualTo(new Accepted(ADA, SCANNER_ID));

        assertThat(observed).containsExactly(new Accepted(ADA, SCANNER_ID));
        assertThat(hashing.done()).as("no Argon2").isZero();
    }

    static List<Arguments> objections() {
        return List.of(
                objection(Reason.SUSPENDED, AppPassword::suspend),
                scoped(Reason.EXPIRED, scope -> scope.withExpiresAt(Optional.of(MONDAY))),
                scoped(Reason.OTHER_PROTOCOL, scope -> scope.withProtocols(Set.of(Protocol.IMAP))),
                scoped(
                        Reason.OTHER_NETWORK,
                        scope -> scope.withNetworks(List.of(SourceNetwork.parse("10.1.20.0/24")))));
    }

    private static Arguments objection(Reason reason, UnaryOperator<AppPassword> change) {
        return Arguments.of(reason, change);
    }

    private static Arguments scoped(Reason reason, UnaryOperator<Scope> change) {
        return objection(reason, one -> one.withScope(change));
    }

    @ParameterizedTest
    @MethodSource("objections")
    void isDeniedWhatItsAppPasswordIsNotGoodFor(Reason reason, UnaryOperator<AppPassword> change) throws Exception {
        sample.credentials().revise(ADA, SCANNER_ID, change, ROOT);

        assertThat(login(adaByAddress())).isEqualTo(new Denied(reason, Optional.of(SCANNER_ID)));
    }

    @Test
    void isDeniedOnceItsAppPasswordIsRevokedOrItsAccountDisabled() throws Exception {
        sample.accounts().revise(ADA, one -> one.withEnabled(false), ROOT);
        assertThat(login(adaByAddress())).isEqualTo(new Denied(Reason.ACCOUNT_DISABLED, Optional.of(SCANNER_ID)));

        sample.accounts().revise(ADA, one -> one.withEnabled(true), ROOT);
        sample.credentials().revoke(ADA, SCANNER_ID, ROOT);
        assertThat(login(adaByAddress())).isEqualTo(new Denied(Reason.REVOKED, Optional.of(SCANNER_ID)));
    }

    /** A slip in a file opens nobody's mailbox. */
    @Test
    void isDeniedAnAppPasswordOfSomebodyElse() {
        assertThat(login(byAddress(new LoginName("grace@example.org"), SCANNER_ID)))
                .isEqualTo(new Denied(Reason.REVOKED, Optional.of(SCANNER_ID)));
        AppPasswordId other = new AppPasswordId("apw_0123456789abcdef");
        assertThat(login(byAddress(ADA, other))).isEqualTo(new Denied(Reason.REVOKED, Optional.of(other)));
    }

    @Test
    void isDeniedWhenItIsOnTheList() {
        ListEntry ada = new ListEntry(Optional.empty(), Optional.of(ADA), "on leave", "", Optional.empty(), false);
        lockout = SampleLockouts.lockout(
                SampleLockouts.policy(Mode.ENFORCE, true), List.of(), List.of(ada), SampleLockouts.NOBODY, () -> 0);

        assertThat(login(adaByAddress())).isEqualTo(new Denied(Reason.DENIED_ENTRY));
    }

    @Test
    void isToldToComeAgainWhenNobodyKnows() {
        Snapshots broken = SampleDecision.snapshots(new BrokenStore(), () -> Duration.ZERO);

        assertThat(login(adaByAddress(), broken)).isInstanceOf(Unavailable.class);
    }

    /** It asks all day, and nobody has guessed. */
    @Test
    void isNeitherSlowedNorHeldHoweverOftenItIsDenied() throws Exception {
        sample.credentials().revise(ADA, SCANNER_ID, AppPassword::suspend, ROOT);
        for (int i = 0; i < 100; i++) {
            assertThat(login(adaByAddress())).isEqualTo(new Denied(Reason.SUSPENDED, Optional.of(SCANNER_ID)));
        }

        sample.credentials().revise(ADA, SCANNER_ID, one -> one.resume(MONDAY), ROOT);
        assertThat(login(adaByAddress())).isEqualTo(new Accepted(ADA, SCANNER_ID));
        assertThat(login(adaWith(WRONG_SECRET))).isEqualTo(new Denied(Reason.NO_MATCH));
    }

    /** Who guesses from there is the stranger that they would be elsewhere. */
    @Test
    void makesItsAddressFamiliarToNobodyAndIsNoNews() {
        PasswordAuthenticator authenticator = authenticator(snapshots);
        for (int i = 0; i < 2; i++) {
            authenticator.authenticate(adaByAddress()).toCompletableFuture().join();
        }

        assertThat(lockout.isFamiliar(adaWith(SCANNER_SECRET))).isFalse();
        assertThat(events).extracting(AuditEvent::kind).containsExactly(AuditKind.APP_PASSWORD_FIRST_USED);
    }

    private static LoginAttempt byAddress(LoginName account, AppPasswordId standsFor) {
        return LoginAttempt.byAddress(
                Protocol.SMTP,
                account,
                standsFor,
                adaByAddress().client(),
                Optional.empty(),
                Optional.empty(),
                new CompletableFuture<>());
    }

    private LoginOutcome login(LoginAttempt attempt) {
        return login(attempt, snapshots);
    }

    private LoginOutcome login(LoginAttempt attempt, Snapshots known) {
        return authenticator(known).authenticate(attempt).toCompletableFuture().join();
    }

    private PasswordAuthenticator authenticator(Snapshots known) {
        PasswordVerifier verifier = new PasswordVerifier(
                CHEAP_HASHER,
                hashing,
                PROCESS_KEY,
                new RecentMatches(
                        Duration.ofMinutes(1), Duration.ofMinutes(1), 9, InstantSource.fixed(MONDAY), () -> 0));
        SampleDecision decision = SampleDecision.of(
                sample.credentials(),
                hashing,
                verifier,
                lockout,
                (_, outcome, _) -> observed.add(outcome),
                InstantSource.fixed(MONDAY));
        return decision.withEvents(events::add).with(known);
    }
}

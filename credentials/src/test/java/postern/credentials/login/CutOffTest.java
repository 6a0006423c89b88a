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
import static postern.credentials.SampleLogins.adaWith;
import static postern.credentials.SampleLogins.appPassword;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.typed;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.Revoked;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.SampleStore;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.SampleLockouts;

/** C-03, C-05: a node that is cut off from the store, which others change meanwhile. */
class CutOffTest {

    private static final Unavailable UNKNOWN =
            new Unavailable("credential store: away, and what is not known here may be known there");

    private final AtomicReference<Duration> silence = new AtomicReference<>(Duration.ZERO);
    private final SampleStore store = SampleStore.with(SCANNER);
    private final Snapshots snapshots = SampleDecision.snapshots(store.credentials(), silence::get);
    private final HashingPool hashing = hashingPool();
    private final Lockout lockout = SampleLockouts.lockout(() -> 0);

    private final PasswordVerifier verifier = new PasswordVerifier(
            CHEAP_HASHER,
            hashing,
            PROCESS_KEY,
            new RecentMatches(Duration.ofMinutes(1), Duration.ofMinutes(1), 9, InstantSource.fixed(MONDAY), () -> 0));

    @BeforeEach
    void hearNothingAnyMore() throws Exception {
        snapshots.of(ADA);
        snapshots.of(new LoginName("nobody"));
        silence.set(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        hashing.close();
        store.close();
    }

    @Test
    void aKnownSecretOpensAllTheSame() {
        assertThat(login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, SCANNER_ID));
    }

    @Test
    void oneThatWasIssuedElsewhereIsUnavailableAndThenRight() throws Exception {
        AppPasswordId id = new AppPasswordId("apw_phone00000000001");
        store.credentials().add(appPassword(id, typed(WRONG_SECRET), Optional.empty()), 40, ROOT);

        assertThat(login(WRONG_SECRET)).isEqualTo(UNKNOWN);

        snapshots.heard(new Issued(ADA, id));
        silence.set(Duration.ZERO);
        assertThat(login(WRONG_SECRET)).isEqualTo(new Accepted(ADA, id));
    }

    @Test
    void soIsEverySecretOfAnAccountThatIsNotKnownHere() {
        assertThat(login(attemptFrom("192.0.2.7", new LoginName("nobody"), SCANNER_SECRET)))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void guessesCountAllTheSameAndWaitForNoSlowAnswer() {
        SecretGenerator secrets = new SecretGenerator(new SecureRandom());
        for (int i = 0; i < 12; i++) {
            assertThat(login(attemptFrom("192.0.2.7", ADA, secrets.draw(20)))).isEqualTo(UNKNOWN);
        }

        assertThat(lockout.holds().list()).isNotEmpty();
        assertThat(lockout.delayedAnswers()).isZero();
    }

    @Test
    void whatWasRefusedAndMayBeAllowedByNowIsUnavailable() throws Exception {
        snapshots.heard(new Missed());
        store.credentials().revise(ADA, SCANNER_ID, AppPassword::suspend, ROOT);

        assertThat(login(SCANNER_SECRET)).isEqualTo(UNKNOWN);
    }

    /** It is for good, and a phone that hears of an outage never asks its owner for the new one. */
    @Test
    void aRevokedOneStaysDenied() throws Exception {
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);
        snapshots.heard(new Revoked(ADA, SCANNER_ID));

        assertThat(login(SCANNER_SECRET)).isEqualTo(new Denied(Reason.REVOKED, Optional.of(SCANNER_ID)));
    }

    private LoginOutcome login(String secret) {
        return login(adaWith(secret));
    }

    private LoginOutcome login(LoginAttempt attempt) {
        return SampleDecision.of(
                        store.credentials(), hashing, verifier, lockout, (_, _, _) -> {}, InstantSource.fixed(MONDAY))
                .with(snapshots)
                .authenticate(attempt)
                .toCompletableFuture()
                .join();
    }
}

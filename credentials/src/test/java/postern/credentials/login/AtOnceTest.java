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
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.SampleLogins.hashingPool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.SampleStore;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.LockoutPolicy.Mode;
import postern.credentials.throttle.SampleLockouts;

/** Which logins are decided where they were asked, and which have a thread to wait on. */
class AtOnceTest {

    private static final Accepted IN = new Accepted(ADA, SCANNER_ID);

    private final SampleStore sample = SampleStore.with(SCANNER);
    private final Snapshots snapshots = SampleDecision.snapshots(sample);
    private final HashingPool hashingPool = hashingPool();
    private final AtomicLong nanos = new AtomicLong();
    private final RecentMatches recentMatches =
            new RecentMatches(Duration.ofMinutes(1), Duration.ofMinutes(1), 9, InstantSource.fixed(MONDAY), nanos::get);
    private final AtomicInteger threads = new AtomicInteger();
    private Lockout lockout = SampleLockouts.lockout(() -> 0);

    @BeforeEach
    void readWhatThereIs() {
        login(adaWith(SCANNER_SECRET));
        login(attemptFrom("192.0.2.7", new LoginName("nobody"), WRONG_SECRET));
        threads.set(0);
    }

    @AfterEach
    void close() {
        hashingPool.close();
        sample.close();
    }

    @Test
    void aSecretThatWasProvenLatelyNeedsNone() {
        LoginAttempt attempt = adaWith(SCANNER_SECRET);

        assertThat(login(attempt)).isEqualTo(IN);

        assertThat(threads).hasValue(0);
        assertThat(attempt.secret().letters()).as("wiped").containsOnly(0);
        assertThat(recentMatches.spared()).isEqualTo(new RecentMatches.Spared(1, 1));
    }

    @Test
    void aWrongGuessNeedsNoneWhoeverItNames() {
        LoginAttempt attempt = adaWith(WRONG_SECRET);

        assertThat(login(attempt)).isEqualTo(new Denied(Reason.NO_MATCH));
        assertThat(login(adaWith(WRONG_SECRET))).isInstanceOf(Slowed.class);
        assertThat(login(adaWith("Summer2026!"))).isEqualTo(new Denied(Reason.NOT_AN_APP_PASSWORD));
        assertThat(login(attemptFrom("192.0.2.8", new LoginName("invented"), WRONG_SECRET)))
                .isEqualTo(new Denied(Reason.NO_MATCH));

        assertThat(threads).hasValue(0);
        assertThat(attempt.secret().letters()).as("wiped").containsOnly(0);
    }

    @Test
    void whatWasTakenAwayIsReadOnceAndThenNeedsNone() throws Exception {
        Denied revoked = new Denied(Reason.REVOKED, Optional.of(SCANNER_ID));
        sample.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(login(adaWith(SCANNER_SECRET))).isEqualTo(revoked);
        assertThat(threads).as("the store is read").hasValue(1);
        assertThat(login(attemptFrom("192.0.2.8", ADA, SCANNER_SECRET))).isEqualTo(revoked);
        assertThat(threads).hasValue(1);
    }

    @Test
    void aSecretToBeProvenWaitsOnOne() {
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(login(adaWith(SCANNER_SECRET))).isEqualTo(IN);

        assertThat(threads).hasValue(1);
        assertThat(hashingPool.done()).isEqualTo(2);
    }

    /** A look is spent once, so it is not begun here and done again elsewhere. */
    @Test
    void whereStrangersOnHoldHaveOneLookAllWaitOnOne() {
        lockout = SampleLockouts.lockout(SampleLockouts.policy(Mode.ENFORCE, false), SampleLockouts.NOBODY, () -> 0);

        assertThat(login(adaWith(SCANNER_SECRET))).isEqualTo(IN);

        assertThat(threads).hasValue(1);
    }

    private LoginOutcome login(LoginAttempt attempt) {
        return SampleDecision.of(
                        sample.credentials(),
                        hashingPool,
                        new PasswordVerifier(CHEAP_HASHER, hashingPool, PROCESS_KEY, recentMatches),
                        lockout,
                        (_, _, _) -> {},
                        InstantSource.fixed(MONDAY))
                .withLogins(task -> {
                    threads.incrementAndGet();
                    task.run();
                })
                .with(snapshots)
                .authenticate(attempt)
                .toCompletableFuture()
                .join();
    }
}

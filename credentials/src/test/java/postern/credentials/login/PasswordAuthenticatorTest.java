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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import postern.credentials.Account.Holder.Person;
import postern.credentials.AppPasswordId;
import postern.credentials.BrokenStore;
import postern.credentials.CredentialStore;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginObserver;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.SampleStore;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.throttle.ListEntry;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.LockoutPolicy.Mode;
import postern.credentials.throttle.SampleLockouts;

class PasswordAuthenticatorTest {

    private final List<LoginOutcome> observed = new ArrayList<>();

    private final SampleStore sample = SampleStore.with(SCANNER);
    private final Snapshots snapshots = SampleDecision.snapshots(sample);
    private CredentialStore store = sample.credentials();
    private LoginObserver observer = (_, outcome, _) -> observed.add(outcome);
    private final HashingPool hashingPool = hashingPool();

    private final PasswordVerifier verifier = new PasswordVerifier(
            CHEAP_HASHER,
            hashingPool,
            PROCESS_KEY,
            new RecentMatches(Duration.ofMinutes(1), Duration.ofMinutes(1), 9, InstantSource.fixed(MONDAY), () -> 0));
    private Lockout lockout = SampleLockouts.lockout(() -> 0);

    @AfterEach
    void close() {
        hashingPool.close();
        sample.close();
    }

    @Nested
    class Decides {

        @Test
        void acceptsTheRightAppPassword() {
            assertThat(login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, SCANNER_ID));
        }

        @Test
        void deniesAWrongOne() {
            assertThat(login(WRONG_SECRET)).isEqualTo(new Denied(Reason.NO_MATCH));
        }

        @Test
        void deniesAnUnknownNameLikeAWrongOne() {
            assertThat(login(attemptFrom("192.0.2.7", new LoginName("nobody"), SCANNER_SECRET)))
                    .isEqualTo(new Denied(Reason.NO_MATCH));
        }

        /** C-02 */
        @Test
        void deniesARevokedOneHoweverOftenItWasRight() throws Exception {
            login(SCANNER_SECRET);
            store.revoke(ADA, SCANNER_ID, ROOT);

            assertThat(login(SCANNER_SECRET)).isEqualTo(new Denied(Reason.REVOKED, Optional.of(SCANNER_ID)));
        }

        /** F-06 */
        @Test
        void doesNotEvenLookUpTheAccountPassword() {
            assertThat(login("Summer2026!")).isEqualTo(new Denied(Reason.NOT_AN_APP_PASSWORD));
        }

        /** Trap 53 */
        @Test
        void anAliasIsTheAccountItself() throws Exception {
            LoginName alias = new LoginName("a.lovelace@example.org");
            sample.accounts().addAlias(ADA, alias, ROOT);

            assertThat(login(attemptFrom("192.0.2.7", alias, SCANNER_SECRET))).isEqualTo(new Accepted(ADA, SCANNER_ID));
            login(SCANNER_SECRET);
            assertThat(hashingPool.done()).as("one entry in the cache").isOne();

            login(attemptFrom("192.0.2.7", alias, WRONG_SECRET));
            assertThat(login(attemptFrom("192.0.2.7", ADA, WRONG_SECRET)))
                    .as("one budget")
                    .isInstanceOf(Slowed.class);

            sample.accounts().removeAlias(ADA, alias, ROOT);
            assertThat(login(attemptFrom("192.0.2.7", alias, SCANNER_SECRET))).isEqualTo(new Denied(Reason.NO_MATCH));
        }

        @Test
        void tellsByWhatNameTheMailboxGoes() throws Exception {
            LoginName mailbox = new LoginName("team@example.org");
            sample.accounts().revise(ADA, one -> one.withMailbox(mailbox), ROOT);

            assertThat(login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, mailbox, Optional.empty(), SCANNER_ID));
        }

        @Test
        void tellsTheGroupOfTheAccount() throws Exception {
            Person inTheLab = new Person(false, Optional.of("The Lab"));
            sample.accounts().revise(ADA, one -> one.withHolder(inTheLab), ROOT);

            assertThat(login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, ADA, inTheLab.group(), SCANNER_ID));
        }

        @Test
        void slowsAGuesserButNeverTheOwner() {
            login(WRONG_SECRET);

            assertThat(login(WRONG_SECRET)).isEqualTo(new Slowed(Duration.ofSeconds(2)));
            assertThat(login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, SCANNER_ID));
        }
    }

    /** L-08 */
    @Nested
    class DeniesAnEntryOfTheList {

        @BeforeEach
        void denyAda() {
            ListEntry ada =
                    new ListEntry(Optional.empty(), Optional.of(ADA), "on leave", "root", Optional.empty(), false);
            lockout = SampleLockouts.lockout(
                    SampleLockouts.policy(Mode.ENFORCE, true), List.of(), List.of(ada), SampleLockouts.NOBODY, () -> 0);
        }

        @Test
        void evenWithTheRightSecret() {
            assertThat(login(SCANNER_SECRET)).isEqualTo(new Denied(Reason.DENIED_ENTRY));
            assertThat(observed).containsExactly(new Denied(Reason.DENIED_ENTRY));
        }

        @Test
        void beforeAnythingIsAskedAndTheSecretIsWiped() {
            store = new BrokenStore();
            LoginAttempt attempt = adaWith(SCANNER_SECRET);

            assertThat(login(attempt)).isEqualTo(new Denied(Reason.DENIED_ENTRY));
            assertThat(attempt.secret().letters()).containsOnly(0);
        }
    }

    @Nested
    class Costs {

        @BeforeEach
        void addThirtyNineMore() throws Exception {
            SecretGenerator generator = new SecretGenerator(new SecureRandom());
            for (int i = 1; i <= 39; i++) {
                AppPasswordId id = new AppPasswordId("apw_phone%011d".formatted(i));
                store.add(appPassword(id, typed(generator.draw(20)), Optional.empty()), 40, ROOT);
            }
        }

        /** B-03 */
        @Test
        void noArgon2ForAWrongGuess() {
            login(WRONG_SECRET);

            assertThat(hashingPool.done()).isZero();
        }

        @Test
        void oneForTheRightOneOfForty() {
            login(SCANNER_SECRET);

            assertThat(hashingPool.done()).isOne();
        }

        @Test
        void noneForTheSameOneAgain() {
            login(SCANNER_SECRET);
            login(SCANNER_SECRET);

            assertThat(hashingPool.done()).isOne();
        }
    }

    @Nested
    class WhenSomethingBreaks {

        @Test
        void aBrokenStoreIsUnavailableNeverDenied() {
            store = new BrokenStore();

            assertThat(login(SCANNER_SECRET)).isEqualTo(new Unavailable("credential store: disk full"));
        }

        @Test
        void aFullHashingQueueIsUnavailableNeverDenied() {
            hashingPool.close();

            assertThat(login(SCANNER_SECRET)).isEqualTo(new Unavailable("hashing: the server is stopping"));
        }

        @Test
        void theSecretIsWipedAndTheLoginObservedOnce() {
            store = new BrokenStore();
            LoginAttempt attempt = adaWith(SCANNER_SECRET);

            login(attempt);

            assertThat(attempt.secret().letters()).containsOnly(0);
            assertThat(observed).containsExactly(new Unavailable("credential store: disk full"));
        }

        @Test
        void aBrokenObserverCostsNobodyTheirLogin() {
            observer = (_, _, _) -> {
                throw new IllegalStateException("metrics backend on fire");
            };

            assertThat(login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, SCANNER_ID));
        }
    }

    private LoginOutcome login(String secret) {
        return login(adaWith(secret));
    }

    private LoginOutcome login(LoginAttempt attempt) {
        Snapshots known =
                store.equals(sample.credentials()) ? snapshots : SampleDecision.snapshots(store, () -> Duration.ZERO);
        return SampleDecision.of(store, hashingPool, verifier, lockout, observer, InstantSource.fixed(MONDAY))
                .with(known)
                .authenticate(attempt)
                .toCompletableFuture()
                .join();
    }
}

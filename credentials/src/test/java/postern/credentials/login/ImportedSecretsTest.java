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
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.SampleLogins.hashingPool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore.Addition;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.Proof;
import postern.credentials.SampleStore;
import postern.credentials.Scope;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.throttle.SampleLockouts;

/** I-03, B-05, F-05, L-07: secrets that were made elsewhere. */
class ImportedSecretsTest {

    private static final AppPasswordId MAILCOWS = new AppPasswordId("apw_mailcow000000001");
    private static final String CHOSEN = "Sommar 2026!";

    /** doveadm pw -s SSHA256 -p 'Sommar 2026!' */
    private static final String HASH = "{SSHA256}QNs0qj2YYOhXPY9YCfEvSpWgxGGs4juTvFjMuUKGpDJuofU4";

    private static final String HOME = "198.51.100.7";
    private static final Accepted IN = new Accepted(ADA, MAILCOWS);
    private static final Denied WRONG = new Denied(Reason.NOT_AN_APP_PASSWORD);

    private final SampleStore store = SampleStore.with(SCANNER);
    private final MovedTime time = new MovedTime();
    private final AtomicReference<Duration> silence = new AtomicReference<>(Duration.ZERO);
    private final HashingPool hashing = hashingPool();
    private final PasswordAuthenticator authenticator = SampleDecision.of(
                    store.credentials(),
                    hashing,
                    new PasswordVerifier(
                            CHEAP_HASHER,
                            hashing,
                            PROCESS_KEY,
                            new RecentMatches(
                                    Duration.ofHours(1), Duration.ofHours(1), 9, InstantSource.fixed(MONDAY), time)),
                    SampleLockouts.lockout(time),
                    (_, _, _) -> {},
                    InstantSource.fixed(MONDAY))
            .withGrid(new AnswerGrid(Duration.ofSeconds(2), time, (_, task) -> task.run()), time)
            .with(SampleDecision.snapshots(store, silence::get));

    @AfterEach
    void close() {
        hashing.close();
        store.close();
    }

    @Test
    void openWhatTheyOpenedThereByteForByte() throws Exception {
        bring(MAILCOWS, "mailcow:17");

        assertThat(login(CHOSEN)).isEqualTo(IN);
        assertThat(login("sommar 2026!")).isEqualTo(WRONG);
        assertThat(login("Sommar2026!")).isNotInstanceOf(Accepted.class);
        assertThat(login(SCANNER_SECRET)).as("beside our own").isEqualTo(new Accepted(ADA, SCANNER_ID));
    }

    /** C-03 */
    @Test
    void areKnownOrNobodyKnowsWhenTheStoreIsAway() throws Exception {
        bring(MAILCOWS, "mailcow:17");
        login(CHOSEN);

        silence.set(Duration.ofMinutes(1));

        assertThat(login(CHOSEN)).isEqualTo(IN);
        assertThat(login("Sommar 2025!")).isInstanceOf(Unavailable.class);
    }

    @Test
    void areMadeOursAtTheFirstSuccessAndStayUnfindable() throws Exception {
        bring(MAILCOWS, "mailcow:17");

        login(CHOSEN);

        AppPassword taken = store.credentials().of(ADA).getLast();
        assertThat(taken.proof()).isInstanceOf(Proof.Taken.class);
        assertThat(taken.proof().findableBy()).isEmpty();
        assertThat(login(CHOSEN)).isEqualTo(IN);
        assertThat(login("Sommar 2026?")).isEqualTo(WRONG);
    }

    @Test
    void areThereOnceHoweverOftenTheyAreBrought() throws Exception {
        assertThat(bring(MAILCOWS, "mailcow:17")).isEqualTo(Addition.ADDED);
        assertThat(bring(id(2), "mailcow:17")).isEqualTo(Addition.IMPORTED_BEFORE);

        store.credentials().revoke(ADA, MAILCOWS, ROOT);
        assertThat(bring(id(3), "mailcow:17")).as("and do not rise again").isEqualTo(Addition.IMPORTED_BEFORE);
    }

    @Test
    void atMostFiveAreTried() throws Exception {
        for (int i = 1; i <= 6; i++) {
            bring(id(i), "mailcow:" + i);
        }

        login("wrong");

        assertThat(hashing.done()).isEqualTo(5);
    }

    /** C-05, C-06 */
    @Test
    void aWrongOneThatComesAgainCostsNothingUntilAnotherIsBrought() throws Exception {
        bring(id(1), "mailcow:1", "{SSHA256}ahB3z2JxAjs2FQgf+R3vWS03zXskiNuynWepBfUz1nVRlh8h");
        login(CHOSEN);
        login(CHOSEN);
        assertThat(hashing.done()).isOne();

        bring(MAILCOWS, "mailcow:17");
        assertThat(login(CHOSEN)).isEqualTo(IN);
    }

    @Test
    void aSourceThatTriesTooManyIsToldToComeAgainLater() throws Exception {
        bring(MAILCOWS, "mailcow:17");
        for (int i = 0; i < ImportedSecrets.TRIES_A_MINUTE; i++) {
            assertThat(login("guess " + i)).isNotInstanceOf(Unavailable.class);
        }
        assertThat(login("one more")).isInstanceOf(Unavailable.class);
        assertThat(hashing.done()).isEqualTo(ImportedSecrets.TRIES_A_MINUTE);

        time.pass(Duration.ofSeconds(6));
        assertThat(login("and later")).isNotInstanceOf(Unavailable.class);
    }

    @Test
    void strangersDoNotUseUpWhatAFamiliarDeviceHas() throws Exception {
        bring(MAILCOWS, "mailcow:17");
        assertThat(loginFrom(HOME, SCANNER_SECRET)).isInstanceOf(Accepted.class);
        for (int i = 0; i < ImportedSecrets.TRIES_A_MINUTE; i++) {
            loginFrom("203.0.113." + i, "guess " + i);
        }

        assertThat(loginFrom("203.0.113.99", CHOSEN)).isInstanceOfAny(Unavailable.class, Denied.class);
        assertThat(loginFrom(HOME, CHOSEN)).isEqualTo(IN);
    }

    /** L-04: what can be guessed opens nothing for strangers while the name is on hold. */
    @Test
    void areNotLookedAtForStrangersDuringAHold() throws Exception {
        bring(MAILCOWS, "mailcow:17");
        loginFrom(HOME, SCANNER_SECRET);
        for (int i = 0; i <= 10; i++) {
            loginFrom("203.0.113." + i, "guess " + i);
            time.pass(Duration.ofSeconds(6));
        }
        loginFrom("203.0.113.99", "its one look");

        assertThat(loginFrom("203.0.113.99", CHOSEN)).isEqualTo(new Denied(Reason.HELD));
        assertThat(loginFrom(HOME, CHOSEN)).isEqualTo(IN);
    }

    /** L-07 */
    @Test
    void aHundredMissesInARowSuspendTheOneAndNotTheAccount() throws Exception {
        bring(MAILCOWS, "mailcow:17");
        for (int i = 1; i < ImportedSecrets.MOST_MISSES; i++) {
            miss();
        }
        login(CHOSEN);
        assertThat(kept().suspended()).as("a success begins anew").isFalse();

        for (int i = 1; i <= ImportedSecrets.MOST_MISSES; i++) {
            miss();
        }
        assertThat(kept().suspended()).isTrue();
        assertThat(login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, SCANNER_ID));

        store.credentials().revise(ADA, MAILCOWS, one -> one.resume(MONDAY), ROOT);
        time.pass(Duration.ofMinutes(1));
        login("a miss after the help desk helped");
        assertThat(kept().suspended()).isFalse();
    }

    private void miss() throws Exception {
        store.credentials().missed(ADA, Set.of(MAILCOWS), ImportedSecrets.MOST_MISSES, ROOT);
    }

    private AppPassword kept() throws Exception {
        return store.credentials().of(ADA).stream()
                .filter(one -> one.id().equals(MAILCOWS))
                .findFirst()
                .orElseThrow();
    }

    private static AppPasswordId id(int number) {
        return new AppPasswordId("apw_imported%08d".formatted(number));
    }

    private Addition bring(AppPasswordId id, String externalId) throws Exception {
        return bring(id, externalId, HASH);
    }

    private Addition bring(AppPasswordId id, String externalId, String hash) throws Exception {
        Proof proof = new Proof.Imported(externalId, hash);
        return store.credentials().add(new AppPassword(id, ADA, "Old phone", proof, Scope.UNLIMITED, MONDAY), 40, ROOT);
    }

    private LoginOutcome login(String secret) {
        return loginFrom(HOME, secret);
    }

    private LoginOutcome loginFrom(String client, String secret) {
        return authenticator
                .authenticate(attemptFrom(client, ADA, secret))
                .toCompletableFuture()
                .join();
    }
}

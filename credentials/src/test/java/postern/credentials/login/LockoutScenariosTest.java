package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.SampleLogins.hashingPool;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.HoldKind;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.SampleStore;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.throttle.Hold;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.LockoutPolicy.Mode;
import postern.credentials.throttle.SampleLockouts;

/** Days of trouble, played in seconds: the real decision and the real store, on a clock that is moved. */
class LockoutScenariosTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final String OFFICE = "203.0.113.9";
    private static final String HOME = "198.51.100.7";
    private static final Duration GRID = Duration.ofSeconds(2);

    /** When it asked, and what it heard. */
    private record Heard(LoginOutcome outcome, Duration after) {}

    private final MovedTime time = new MovedTime();
    private final List<Hold> begun = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final SampleStore store = SampleStore.with(SCANNER);

    private final HashingPool hashing = hashingPool();
    private final PasswordVerifier verifier = new PasswordVerifier(
            CHEAP_HASHER,
            hashing,
            PROCESS_KEY,
            new RecentMatches(Duration.ofDays(7), Duration.ofDays(7), 9, InstantSource.fixed(MONDAY), time));
    private final Lockout lockout =
            SampleLockouts.lockout(SampleLockouts.policy(Mode.ENFORCE, true), (hold, _) -> begun.add(hold), time);
    private final PasswordAuthenticator authenticator = SampleDecision.of(
                    store.credentials(), hashing, verifier, lockout, (_, _, _) -> {}, InstantSource.fixed(MONDAY))
            .withGrid(new AnswerGrid(GRID, time, time), time)
            .with(SampleDecision.snapshots(store));

    @AfterEach
    void close() {
        hashing.close();
        store.close();
    }

    /**
     * T-1, L-02: for a day and a night a phone that nobody told of the new app password asks once in ten seconds. Behind
     * the same address are Ada's scanner, and Bob, who mistypes now and then.
     */
    @Test
    void aPhoneInTheDrawerSlowsItselfAndNobodyElse() {
        login(OFFICE, ADA, SCANNER_SECRET);
        List<Heard> phone = new ArrayList<>();
        for (int tenSeconds = 0; tenSeconds < 8640; tenSeconds++) {
            login(OFFICE, ADA, WRONG_SECRET, phone);
            if (tenSeconds % 30 == 0) {
                assertThat(login(OFFICE, ADA, SCANNER_SECRET)).isInstanceOf(Accepted.class);
            }
            if (tenSeconds % 720 == 0) {
                login(OFFICE, BOB, "mistyped" + tenSeconds);
            }
            time.pass(Duration.ofSeconds(10));
        }
        time.pass(Duration.ofMinutes(1));

        assertThat(phone).hasSize(8640);
        assertThat(phone.stream().filter(one -> one.outcome() instanceof Slowed))
                .hasSize(8639);
        assertThat(phone.getFirst().after()).isEqualTo(GRID);
        assertThat(phone.getLast().after()).isEqualTo(Duration.ofSeconds(30));
        assertThat(heard)
                .filteredOn(one -> one.outcome() instanceof Accepted)
                .hasSize(289)
                .allMatch(one -> one.after().isZero());
        assertThat(heard)
                .filteredOn(one -> one.outcome() instanceof Denied)
                .hasSize(12)
                .allMatch(one -> one.after().equals(GRID));
        assertThat(heard).hasSize(289 + 12);
        assertThat(begun).isEmpty();
        assertThat(hashing.done()).isOne();
    }

    /** T-1: hammering harder than answers come back fills no more than the eight places of its own source. */
    @Test
    void aPhoneThatDoesNotWaitForItsAnswersIsTurnedAway() {
        List<Heard> phone = new ArrayList<>();
        for (int seconds = 0; seconds < 600; seconds++) {
            login(OFFICE, ADA, WRONG_SECRET, phone);
            assertThat(lockout.delayedAnswers()).isLessThanOrEqualTo(8);
            time.pass(Duration.ofSeconds(1));
        }

        assertThat(phone).anyMatch(one -> one.outcome() instanceof TurnedAway);
        assertThat(login(OFFICE, ADA, SCANNER_SECRET)).isInstanceOf(Accepted.class);
        time.pass(Duration.ofMinutes(1));
        assertThat(lockout.delayedAnswers()).isZero();
    }

    /** T-3: one secret for ten thousand names, from five hundred addresses of fifty networks. */
    @Test
    void aSprayIsSlowedAndThenRefused() {
        List<Heard> spray = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String client = "10.0." + i % 50 + "." + (1 + i / 50 % 10);
            login(client, new LoginName("name" + i + "@example.org"), WRONG_SECRET, spray);
            time.pass(Duration.ofMillis(100));
        }
        login(OFFICE, ADA, SCANNER_SECRET);
        time.pass(Duration.ofMinutes(1));

        assertThat(spray).noneMatch(one -> one.outcome() instanceof Accepted);
        assertThat(spray)
                .filteredOn(one -> one.after().equals(GRID) && !isHeld(one.outcome()))
                .hasSizeLessThan(500 * 5 + 1);
        assertThat(spray).filteredOn(one -> isHeld(one.outcome())).hasSizeGreaterThan(4000);
        assertThat(begun).extracting(Hold::kind).containsOnly(HoldKind.SOURCE);
        assertThat(begun).hasSizeGreaterThanOrEqualTo(50);
        assertThat(heard).containsExactly(new Heard(new Accepted(ADA, SCANNER.id()), Duration.ZERO));
        assertThat(hashing.done()).isOne();
    }

    /** T-4: five thousand sources guess at Ada while her phone comes and goes. */
    @Test
    void distributedGuessingHoldsStrangersAndNotTheOwner() {
        login(HOME, ADA, SCANNER_SECRET);
        List<Heard> botnet = new ArrayList<>();
        SecretGenerator secrets = new SecretGenerator(new SecureRandom());
        for (int i = 0; i < 5000; i++) {
            login("10." + i / 250 + "." + i % 250 + ".1", ADA, secrets.draw(20), botnet);
            if (i % 50 == 0) {
                assertThat(login(HOME, ADA, SCANNER_SECRET)).isInstanceOf(Accepted.class);
            }
            time.pass(Duration.ofSeconds(1));
        }
        time.pass(Duration.ofMinutes(1));

        assertThat(botnet).filteredOn(one -> isHeld(one.outcome())).hasSizeGreaterThan(4800);
        assertThat(begun)
                .filteredOn(hold -> hold.kind() == HoldKind.DISTRIBUTED && hold.times() == 1)
                .hasSize(1);
        assertThat(heard).hasSize(101).allMatch(one -> one.after().isZero());
        assertThat(login("192.0.2.1", ADA, SCANNER_SECRET)).isInstanceOf(Accepted.class);
        assertThat(hashing.done()).isOne();
    }

    /** Trap 44: limits hold when everybody asks at once. Who is weighed last finds the name on hold already. */
    @Test
    void ofFiveHundredGuessesAtOnceAtMostThreeAreNotSlowed() throws Exception {
        List<Callable<LoginOutcome>> guesses = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String secret = "guess" + i;
            guesses.add(() -> lockout.weigh(attemptFrom(OFFICE, ADA, secret), new Denied(Denied.Reason.NO_MATCH)));
        }
        List<LoginOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<LoginOutcome> one : threads.invokeAll(guesses)) {
                outcomes.add(one.get());
            }
        }

        assertThat(outcomes)
                .filteredOn(new Denied(Denied.Reason.NO_MATCH)::equals)
                .hasSizeLessThanOrEqualTo(3);
        assertThat(outcomes).filteredOn(Slowed.class::isInstance).hasSizeLessThanOrEqualTo(8);
        assertThat(begun).hasSize(1);
    }

    /** Trap 45: limits are no weapon against a victim. */
    @Test
    void anAttackerFromAHundredAddressesDoesNotStopTheVictimsClient() {
        login(HOME, ADA, SCANNER_SECRET);
        for (int address = 0; address < 100; address++) {
            for (int i = 0; i < 50; i++) {
                login("10.0." + address + ".1", ADA, "guess" + address + "-" + i, new ArrayList<>());
            }
        }
        assertThat(lockout.holds().list()).isNotEmpty();

        for (int i = 0; i < 10; i++) {
            assertThat(login(HOME, ADA, SCANNER_SECRET)).isInstanceOf(Accepted.class);
            assertThat(login(OFFICE, ADA, SCANNER_SECRET)).isInstanceOf(Accepted.class);
        }
        assertThat(heard).allMatch(one -> one.after().isZero());
    }

    /** L-12: whoever guesses hears at the same moment, whether there is such a person, or a hold, or a list. */
    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "nobody@example.org"})
    void aHoldIsNotToldFromAWrongSecretByTheClock(String name) {
        LoginName guessed = new LoginName(name);
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            login("10.0." + i + ".1", guessed, "guess" + i, all);
        }
        time.pass(Duration.ofMinutes(1));

        assertThat(all).extracting(Heard::after).containsOnly(GRID);
        Set<Object> outcomes = new HashSet<>(all.stream().map(Heard::outcome).toList());
        assertThat(outcomes).contains(new Denied(Denied.Reason.HELD), new Denied(Denied.Reason.NOT_AN_APP_PASSWORD));
    }

    private static boolean isHeld(LoginOutcome outcome) {
        return outcome.equals(new Denied(Denied.Reason.HELD));
    }

    /** Also noted in {@link #heard}, once it is told; null until then. */
    private Object login(String client, LoginName name, String secret) {
        return login(client, name, secret, heard);
    }

    private Object login(String client, LoginName name, String secret, List<Heard> to) {
        long asked = time.read();
        CompletableFuture<LoginOutcome> answer =
                authenticator.authenticate(attemptFrom(client, name, secret)).toCompletableFuture();
        answer.thenAccept(outcome -> to.add(new Heard(outcome, Duration.ofNanos(time.read() - asked))));
        return answer.isDone() ? answer.join() : "not told yet";
    }
}

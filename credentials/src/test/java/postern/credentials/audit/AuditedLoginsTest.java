package postern.credentials.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import postern.credentials.Actor;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;

/** E-02: of many logins, few events and every count. */
class AuditedLoginsTest {

    private static final LoginOutcome ACCEPTED = new Accepted(ADA, SCANNER_ID);
    private static final LoginOutcome WRONG = new Denied(Reason.NO_MATCH);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong now = new AtomicLong();
    private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final AuditedLogins logins =
            new AuditedLogins(events::add, () -> MONDAY.plusNanos(now.get()), now::get, new SecureRandom());

    @Test
    void theFirstLoginInAnHourIsAnEventAndTheOthersAreACount() {
        for (int i = 0; i < 60; i++) {
            adaLogsIn("192.0.2.7");
            pass(MINUTE);
        }
        pass(MINUTE);

        assertThat(events).extracting(AuditEvent::kind).containsOnly(AuditKind.LOGIN_SUCCESS);
        assertThat(events).extracting(AuditEvent::times).containsExactly(1L, 59L);
        AuditEvent count = events.getLast();
        assertThat(count.at()).isEqualTo(MONDAY.plus(HOUR));
        assertThat(count.facts()).containsEntry("since", "2026-01-05T09:00:00.000Z");
        assertThat(count.appPassword()).contains(SCANNER_ID);
        assertThat(count.origin().address()).contains("192.0.2.7");
        assertThat(count.id()).isNotEqualTo(events.getFirst().id());
    }

    @Test
    void eachSourceHasItsOwnFirstLoginAndEachHour() {
        adaLogsIn("192.0.2.7");
        adaLogsIn("198.51.100.1");
        adaLogsIn("2001:db8::1");
        adaLogsIn("2001:db8::2");
        pass(HOUR);
        adaLogsIn("192.0.2.7");

        assertThat(events).extracting(AuditEvent::times).containsExactly(1L, 1L, 1L, 1L, 1L);
        assertThat(events.get(3).origin().address())
                .as("the second of the /64, as a count")
                .contains("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void tenFailuresInAMinuteAreEventsAndTheOthersAreACount() {
        IntStream.range(0, 15).forEach(_ -> fails("192.0.2.7", ADA));
        assertThat(events).hasSize(10);
        pass(MINUTE);

        assertThat(events).hasSize(11);
        assertThat(events.getLast().times()).isEqualTo(5);
        assertThat(total()).isEqualTo(15);
    }

    @Test
    void whoFailedIsNotProvenToBeWhomTheyNamed() {
        fails("192.0.2.7", ADA);

        AuditEvent failure = events.getFirst();
        assertThat(failure.actor()).isEqualTo(Actor.system("login"));
        assertThat(failure.subject()).contains(ADA);
        assertThat(failure.reason()).contains("no_match");
        assertThat(failure.outcome()).isEqualTo(AuditEvent.Outcome.FAILURE);
    }

    @Test
    void everyOutcomeHasItsKind() {
        List<LoginOutcome> outcomes = new ArrayList<>(List.of(
                ACCEPTED,
                new Slowed(MINUTE),
                new TurnedAway(),
                new Unavailable("credential store: disk full"),
                new Unavailable("hashing: the queue is full"),
                new Unavailable("?!")));
        for (Reason reason : Reason.values()) {
            outcomes.add(new Denied(reason));
        }
        outcomes.forEach(outcome -> logins.observed(attempt("192.0.2.7", ADA), outcome, Duration.ZERO));

        assertThat(events.stream()
                        .map(event -> event.kind() + " " + event.reason().orElse("-")))
                .containsExactly(
                        "login.success -",
                        "login.failed no_match",
                        "login.failed turned_away",
                        "login.overload credential_store",
                        "login.overload hashing",
                        "login.overload unavailable",
                        "login.shape_rejected not_an_app_password",
                        "login.failed no_match",
                        "login.failed revoked",
                        "login.failed expired",
                        "login.failed unused",
                        "login.failed not_yet_valid",
                        "login.failed suspended",
                        "login.failed suspended_by_policy",
                        "login.failed account_disabled",
                        "login.failed other_protocol",
                        "login.failed other_network",
                        "app_password.pin_mismatch other_device",
                        "login.held held",
                        "login.held denied_entry");
    }

    /** L-02: one notice a day, and a count. */
    @Test
    void aDeviceThatUsesARevokedOneAllDayIsToldOfOnce() {
        Denied stale = new Denied(Reason.REVOKED, Optional.of(SCANNER_ID));
        for (int i = 0; i < 3 * 24 * 60; i++) {
            LoginOutcome outcome = i % 2 == 0 ? new Slowed(MINUTE, stale) : new TurnedAway(stale);
            logins.observed(attempt("192.0.2.7", ADA), outcome, Duration.ZERO);
            now.addAndGet(MINUTE.toNanos());
        }
        logins.close();

        assertThat(events).extracting(AuditEvent::kind).containsOnly(AuditKind.APP_PASSWORD_STALE_USE);
        assertThat(events.stream().filter(event -> event.times() == 1)).hasSize(3);
        assertThat(events).hasSize(6);
        assertThat(total()).isEqualTo(3 * 24 * 60);
    }

    /** One name from one place. */
    @Test
    void aFloodOfOnesOwnIsAFewEventsAndEveryCount() {
        flood(i -> fails("192.0.2.7", ADA));

        assertThat(total()).isEqualTo(100_000);
        assertThat(events.size()).as("ten a minute, and the counts").isLessThanOrEqualTo(11 * 10 + 11);
    }

    /** Invented names from invented places: nothing grows. */
    @Test
    void aFloodOfStrangersIsABoundedNumberOfEventsAndEveryCount() {
        flood(i -> fails("10." + i % 256 + "." + i / 256 % 256 + ".1", new LoginName("nobody" + i)));

        assertThat(total()).isEqualTo(100_000);
        assertThat(events.size()).as("200 a minute, and the counts").isLessThanOrEqualTo(10 * 200 + 11);
        assertThat(events.stream().filter(event -> event.subject().isEmpty()))
                .isNotEmpty()
                .allSatisfy(rest -> assertThat(rest.origin().address()).isEmpty());
    }

    @Test
    void howeverManyFailAtOnceNoneIsLost() {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                threads.submit(() -> IntStream.range(0, 5_000).forEach(i -> {
                    fails("192.0.2." + i % 5, ADA);
                    now.addAndGet(MINUTE.dividedBy(1_000).toNanos());
                }));
            }
        }
        logins.close();

        assertThat(total()).isEqualTo(40_000);
    }

    @Test
    void closingTellsWhatWasOnlyCounted() {
        adaLogsIn("192.0.2.7");
        adaLogsIn("192.0.2.7");
        adaLogsIn("192.0.2.7");
        logins.close();

        assertThat(events).extracting(AuditEvent::times).containsExactly(1L, 2L);
    }

    /** In ten minutes. */
    private void flood(IntConsumer attempt) {
        for (int i = 0; i < 100_000; i++) {
            attempt.accept(i);
            now.addAndGet(MINUTE.dividedBy(10_000).toNanos());
        }
        logins.close();
    }

    private void adaLogsIn(String address) {
        logins.observed(attemptFrom(address, ADA, SCANNER_SECRET), ACCEPTED, Duration.ZERO);
    }

    private void fails(String address, LoginName name) {
        logins.observed(attempt(address, name), WRONG, Duration.ZERO);
    }

    private static LoginAttempt attempt(String address, LoginName name) {
        return attemptFrom(address, name, WRONG_SECRET);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        logins.tellEnded();
    }

    private long total() {
        return events.stream().mapToLong(AuditEvent::times).sum();
    }
}

package postern.credentials.audit;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import postern.credentials.Actor;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginObserver;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.SourceNetwork;
import postern.credentials.audit.AuditEvent.Outcome;
import postern.credentials.audit.LoginTally.Alike;
import postern.credentials.audit.LoginTally.Bounds;

/**
 * From logins to events. A phone asks for mail all day, and a guesser asks all night: so of the
 * logins of an app password from one source, the first in an hour is an event and the others are a
 * count; of failures of a name from one source, ten a minute; of a revoked one, one a day. Nothing is left out of the counts.
 */
public final class AuditedLogins implements LoginObserver, AutoCloseable {

    private static final Bounds SUCCESSES = new Bounds(Duration.ofHours(1), 1, 20_000);
    private static final Bounds FAILURES = new Bounds(Duration.ofMinutes(1), 10, 200);
    private static final Bounds STALE = new Bounds(Duration.ofDays(1), 1, 20_000);

    private final LoginTally successes;
    private final LoginTally failures;
    private final LoginTally stale;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param out never waits: an {@link AuditWriter}
     */
    public AuditedLogins(Consumer<AuditEvent> out, InstantSource clock, Ticker ticker, RandomGenerator random) {
        this.successes = new LoginTally(SUCCESSES, out, clock, ticker, random);
        this.failures = new LoginTally(FAILURES, out, clock, ticker, random);
        this.stale = new LoginTally(STALE, out, clock, ticker, random);
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void observed(LoginAttempt attempt, LoginOutcome outcome, Duration took) {
        switch (outcome) {
            case Accepted accepted -> succeeded(attempt, accepted.name(), accepted.used());
            case Denied denied -> denied(attempt, denied);
            case Slowed(Duration _, Denied why) -> denied(attempt, why);
            case TurnedAway(Denied why) when why.reason() == Reason.REVOKED -> denied(attempt, why);
            case TurnedAway _ -> failed(attempt, AuditKind.LOGIN_FAILED, Outcome.FAILURE, "turned_away");
            case Unavailable(String cause) -> failed(attempt, AuditKind.LOGIN_OVERLOAD, Outcome.UNKNOWN, part(cause));
        }
    }

    private void denied(LoginAttempt attempt, Denied denied) {
        Optional<AppPasswordId> whose = denied.appPassword();
        if (denied.reason() == Reason.REVOKED && whose.isPresent()) {
            stale(attempt, whose.get());
        } else {
            failed(
                    attempt,
                    kind(denied.reason()),
                    Outcome.FAILURE,
                    denied.reason().toString());
        }
    }

    private static AuditKind kind(Reason reason) {
        return switch (reason) {
            case NOT_AN_APP_PASSWORD -> AuditKind.LOGIN_SHAPE_REJECTED;
            case OTHER_DEVICE -> AuditKind.APP_PASSWORD_PIN_MISMATCH;
            case HELD, DENIED_ENTRY -> AuditKind.LOGIN_HELD;
            case NO_MATCH,
                    REVOKED,
                    EXPIRED,
                    UNUSED,
                    NOT_YET_VALID,
                    SUSPENDED,
                    SUSPENDED_BY_POLICY,
                    ACCOUNT_DISABLED,
                    OTHER_PROTOCOL,
                    OTHER_NETWORK -> AuditKind.LOGIN_FAILED;
        };
    }

    /** A device that nobody told of the new secret asks all day long, and is worth one notice. */
    private void stale(LoginAttempt attempt, AppPasswordId revoked) {
        AuditKind kind = AuditKind.APP_PASSWORD_STALE_USE;
        stale.count(
                new Alike(kind, Optional.empty(), revoked.value(), Optional.empty()),
                () -> AuditEvent.of(kind, Actor.system("login"), clock.instant(), random)
                        .about(attempt.name(), revoked)
                        .from(Origin.of(attempt))
                        .ended(Outcome.FAILURE, Reason.REVOKED.toString()));
    }

    private void succeeded(LoginAttempt attempt, LoginName name, AppPasswordId used) {
        AuditKind kind = AuditKind.LOGIN_SUCCESS;
        String how = attempt.byAddress().isPresent() ? "address" : "app_password";
        successes.count(
                alike(kind, Optional.empty(), used.value(), attempt),
                () -> AuditEvent.of(kind, Actor.person(name).provenBy(how), clock.instant(), random)
                        .about(name, used)
                        .from(Origin.of(attempt)));
    }

    /** Who did that, nobody has proven. */
    private void failed(LoginAttempt attempt, AuditKind kind, Outcome outcome, String reason) {
        failures.count(
                alike(kind, Optional.of(reason), attempt.name().value(), attempt),
                () -> AuditEvent.of(kind, Actor.system("login"), clock.instant(), random)
                        .about(attempt.name())
                        .from(Origin.of(attempt))
                        .ended(outcome, reason));
    }

    private static Alike alike(AuditKind kind, Optional<String> reason, String who, LoginAttempt attempt) {
        return new Alike(kind, reason, who, Optional.of(SourceNetwork.of(attempt.client())));
    }

    /** Of a cause "hashing: the queue is full": the part that could not, and not the words, which are for the log. */
    private static String part(String cause) {
        String part = cause.replaceFirst(":.*", "").toLowerCase(Locale.ROOT).replace(' ', '_');
        return part.matches("[a-z][a-z_]{0,39}") ? part : "unavailable";
    }

    /** Tells what was only counted so far. */
    @Override
    public void close() {
        successes.tellAll();
        failures.tellAll();
        stale.tellAll();
    }

    /** Tells what was counted in windows that have ended; a timer does that anyway. */
    void tellEnded() {
        successes.tellEnded();
        failures.tellEnded();
        stale.tellEnded();
    }
}

package postern.proxy.observe;

import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import postern.credentials.Actor;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditEvent.Outcome;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.Origin;
import postern.proxy.http.PassingOn.StrangersName;

/** From requests for somebody else's mailbox to events. */
public final class AuditedStrangers implements StrangersName {

    private final Consumer<AuditEvent> events;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param events never waits */
    public AuditedStrangers(Consumer<AuditEvent> events, InstantSource clock, RandomGenerator random) {
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void seen(LoginAttempt attempt, Accepted who) {
        Actor person = Actor.person(who.name()).provenBy("app_password");
        events.accept(AuditEvent.of(AuditKind.LOGIN_OTHER_USER, person, clock.instant(), random)
                .about(who.name(), who.used())
                .from(Origin.of(attempt))
                .ended(Outcome.FAILURE, "other_user"));
    }
}

package postern.proxy.observe;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import postern.credentials.Actor;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditEvent.Outcome;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.Origin;
import postern.proxy.session.LiveSession;
import postern.proxy.session.SessionEnd;
import postern.proxy.session.SessionObserver;
import postern.proxy.session.TlsTerms;

/** From sessions that we ended to events. A restart is none: it ends them all, and says so in the log. */
public final class AuditedSessions implements SessionObserver {

    private final SessionObserver next;
    private final Consumer<AuditEvent> events;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param next hears of all, too
     * @param events never waits
     */
    public AuditedSessions(
            SessionObserver next, Consumer<AuditEvent> events, InstantSource clock, RandomGenerator random) {
        this.next = next;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void refused(Refusal why) {
        next.refused(why);
    }

    @Override
    public void entered(LiveSession session) {
        next.entered(session);
    }

    @Override
    public void left(LiveSession session) {
        next.left(session);
    }

    @Override
    public void ended(LiveSession session, SessionEnd why, Optional<Reason> objection) {
        next.ended(session, why, objection);
        Origin origin = new Origin(
                Optional.of(session.protocol()),
                Optional.of(session.client().getHostAddress()),
                session.device(),
                Optional.empty(),
                session.tls().map(TlsTerms::version));
        String code =
                objection.map(Reason::toString).orElseGet(() -> why.toString().toLowerCase(Locale.ROOT));
        events.accept(AuditEvent.of(AuditKind.SESSION_ENDED, Actor.system("sessions"), clock.instant(), random)
                .about(session.name(), session.appPassword())
                .from(origin)
                .ended(Outcome.SUCCESS, code)
                .with("session", session.id().value())
                .with("since", session.since().toString()));
    }
}

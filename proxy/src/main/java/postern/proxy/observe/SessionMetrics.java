package postern.proxy.observe;

import static postern.proxy.observe.LoginMetrics.label;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.proxy.session.LiveSession;
import postern.proxy.session.SessionEnd;
import postern.proxy.session.SessionObserver;

/** {@code postern_sessions_refused_total{reason}} and {@code postern_sessions_ended_total{reason}}. */
final class SessionMetrics implements SessionObserver {

    /** When the process stops, nobody reads on. */
    private static final Set<SessionEnd> COUNTED = EnumSet.of(SessionEnd.REVOKED, SessionEnd.ASKED);

    private final MeterRegistry registry;

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Refusal reason : Refusal.values()) {
            refusals(reason);
        }
        COUNTED.forEach(this::ends);
    }

    @Override
    public void refused(Refusal why) {
        refusals(why).increment();
    }

    /** How many there are is asked of them. */
    @Override
    public void entered(LiveSession session) {}

    @Override
    public void left(LiveSession session) {}

    @Override
    public void ended(LiveSession session, SessionEnd why, Optional<Reason> objection) {
        ends(why).increment();
    }

    private Counter refusals(Refusal reason) {
        return Counter.builder("postern.sessions.refused")
                .description("Clients with the right secret that found no room, by whose limit")
                .tag("reason", label(reason))
                .register(registry);
    }

    private Counter ends(SessionEnd reason) {
        return Counter.builder("postern.sessions.ended")
                .description("Sessions that were asked to end, by why")
                .tag("reason", label(reason))
                .register(registry);
    }
}

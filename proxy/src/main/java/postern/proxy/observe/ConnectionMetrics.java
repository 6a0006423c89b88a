package postern.proxy.observe;

import static postern.proxy.observe.LoginMetrics.label;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntSupplier;
import postern.credentials.Protocol;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.Rejection;
import postern.proxy.session.LiveSessions;

/**
 * {@code postern_connections{listener}}, {@code postern_accept_failures_total{listener}}, {@code
 * postern_connections_refused_total{reason}}, {@code postern_connections_displaced_total{reason}}, {@code postern_rejected_before_login_total{protocol,reason}} and {@code
 * postern_sessions{protocol}}: who stands at the doors, who had to go, and who is on the line.
 */
public final class ConnectionMetrics implements ConnectionObserver {

    /** What somebody has to make room for. */
    private static final Set<Refusal> OF_ROOM = EnumSet.of(Refusal.SERVER_FULL, Refusal.FULL, Refusal.SOURCE_FULL);

    private final MeterRegistry registry;

    public ConnectionMetrics(MeterRegistry registry, LiveSessions sessions) {
        this.registry = registry;
        for (Refusal reason : Refusal.values()) {
            refusals(reason);
        }
        OF_ROOM.forEach(this::displacements);
        for (Protocol protocol : Protocol.values()) {
            for (Rejection reason : Rejection.values()) {
                rejections(protocol, reason);
            }
            Gauge.builder("postern.sessions", sessions, live -> live.count(protocol))
                    .description("Clients logged in and on the line")
                    .tag("protocol", label(protocol))
                    .register(registry);
        }
    }

    @Override
    public void opened(String listener, IntSupplier connections) {
        Gauge.builder("postern.connections", connections, IntSupplier::getAsInt)
                .description("Connections open, logged in or not")
                .tag("listener", listener)
                .strongReference(true)
                .register(registry);
        acceptFailures(listener);
    }

    @Override
    public void acceptFailed(String listener) {
        acceptFailures(listener).increment();
    }

    private Counter acceptFailures(String listener) {
        return Counter.builder("postern.accept.failures")
                .description("Attempts to accept a client that the system refused")
                .tag("listener", listener)
                .register(registry);
    }

    @Override
    public void refused(Refusal why) {
        refusals(why).increment();
    }

    @Override
    public void displaced(Refusal why) {
        displacements(why).increment();
    }

    @Override
    public void rejected(Protocol protocol, Rejection why) {
        rejections(protocol, why).increment();
    }

    private Counter rejections(Protocol protocol, Rejection reason) {
        return Counter.builder("postern.rejected.before.login")
                .description("Clients that went beyond a bound before they were logged in, by the first one")
                .tag("protocol", label(protocol))
                .tag("reason", label(reason))
                .register(registry);
    }

    private Counter displacements(Refusal reason) {
        return Counter.builder("postern.connections.displaced")
                .description("Connections not logged in that had to make room for another, by what was full")
                .tag("reason", label(reason))
                .register(registry);
    }

    private Counter refusals(Refusal reason) {
        return Counter.builder("postern.connections.refused")
                .description("Connections closed before a command was heard")
                .tag("reason", label(reason))
                .register(registry);
    }
}

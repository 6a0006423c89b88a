package postern.proxy.observe;

import static postern.proxy.observe.LoginMetrics.label;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import postern.credentials.Protocol;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamObserver;

/** {@code postern_upstream_login_seconds{protocol,outcome}}: {@code opened}, or why not. */
public final class UpstreamMetrics implements UpstreamObserver {

    private static final String OPENED = "opened";

    private final MeterRegistry registry;

    public UpstreamMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Protocol protocol : Protocol.values()) {
            timer(protocol, OPENED);
            for (UpstreamFailure failure : UpstreamFailure.values()) {
                timer(protocol, label(failure));
            }
        }
    }

    @Override
    public void opened(Protocol protocol, Duration took) {
        timer(protocol, OPENED).record(took);
    }

    @Override
    public void failed(Protocol protocol, UpstreamFailure failure, Duration took) {
        timer(protocol, label(failure)).record(took);
    }

    private Timer timer(Protocol protocol, String outcome) {
        return Timer.builder("postern.upstream.login")
                .description("Logins at upstreams, by protocol and outcome, from dialling on")
                .tag("protocol", label(protocol))
                .tag("outcome", outcome)
                .register(registry);
    }
}

package postern.proxy.observe;

import static postern.proxy.observe.LoginMetrics.label;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import postern.credentials.Protocol;
import postern.proxy.upstream.Hosts;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamObserver;

/**
 * {@code postern_upstream_login_seconds{protocol,outcome}}: {@code opened}, or why not. {@code
 * postern_upstream_hosts{protocol,upstream,state}}: how many are up, and how many down. {@code
 * postern_upstream_retries_total{protocol,upstream}}. Upstreams are those of the configuration.
 */
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

    @Override
    public void known(Protocol protocol, String upstream, Hosts hosts) {
        hosts(protocol, upstream, "up", hosts, Hosts::up);
        hosts(protocol, upstream, "down", hosts, Hosts::down);
        retries(protocol, upstream);
    }

    @Override
    public void retried(Protocol protocol, String upstream) {
        retries(protocol, upstream).increment();
    }

    private void hosts(Protocol protocol, String upstream, String state, Hosts hosts, ToDoubleFunction<Hosts> count) {
        Gauge.builder("postern.upstream.hosts", hosts, count)
                .description("Hosts of an upstream, by whether they answered lately")
                .tag("protocol", label(protocol))
                .tag("upstream", upstream)
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private Counter retries(Protocol protocol, String upstream) {
        return Counter.builder("postern.upstream.retries")
                .description("Logins begun again because a host did not answer")
                .tag("protocol", label(protocol))
                .tag("upstream", upstream)
                .register(registry);
    }

    private Timer timer(Protocol protocol, String outcome) {
        return Timer.builder("postern.upstream.login")
                .description("Logins at upstreams, by protocol and outcome, from dialling on")
                .tag("protocol", label(protocol))
                .tag("outcome", outcome)
                .register(registry);
    }
}

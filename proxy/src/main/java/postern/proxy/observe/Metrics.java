package postern.proxy.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import postern.credentials.LoginObserver;
import postern.credentials.grant.GrantState;
import postern.credentials.hash.RecentMatches;
import postern.credentials.sending.Verdict;
import postern.credentials.throttle.Lockout;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.TlsObserver;
import postern.proxy.session.LiveSessions;
import postern.proxy.session.SessionObserver;
import postern.proxy.token.TokenObserver;
import postern.proxy.upstream.UpstreamObserver;

/** All that is counted in this process, and the text that Prometheus reads. */
public final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    public LoginObserver logins() {
        return new LoginMetrics(registry);
    }

    public UpstreamObserver upstreams() {
        return new UpstreamMetrics(registry);
    }

    public TokenObserver tokens() {
        return new TokenMetrics(registry);
    }

    /**
     * {@code postern_grants{state}}.
     *
     * @param census as it was counted last, whenever it is asked for
     */
    public void grants(Supplier<Map<GrantState, Integer>> census) {
        TokenMetrics.grants(registry, census);
    }

    public Consumer<Verdict> sending() {
        return new SendingMetrics(registry);
    }

    public SessionObserver sessions() {
        return new SessionMetrics(registry);
    }

    public ConnectionObserver connections(LiveSessions sessions) {
        return new ConnectionMetrics(registry, sessions);
    }

    /**
     * {@code postern_certificate_expires_seconds{certificate}}: until the first of a chain expires; less than zero once one has.
     *
     * @param expiries by the certificate's name, whenever they are asked for
     */
    public void certificates(Supplier<Map<String, Instant>> expiries, InstantSource clock) {
        for (String certificate : expiries.get().keySet()) {
            Gauge.builder(
                            "postern.certificate.expires",
                            expiries,
                            all -> secondsTo(all.get().get(certificate), clock))
                    .description("Time until the first certificate of a chain expires")
                    .baseUnit("seconds")
                    .tag("certificate", certificate)
                    .strongReference(true)
                    .register(registry);
        }
    }

    private static double secondsTo(@Nullable Instant expiry, InstantSource clock) {
        return expiry == null
                ? Double.NaN
                : Duration.between(clock.instant(), expiry).toSeconds();
    }

    public TlsObserver tls(List<String> listeners) {
        return new TlsUse(registry, listeners);
    }

    /** {@code postern_recent_matches_total{result}}: verifications that a recent match spared, and those that cost an Argon2. */
    public void recentMatches(RecentMatches matches) {
        recentMatches(registry, matches, "hit", one -> one.spared().hits());
        recentMatches(registry, matches, "miss", one -> one.spared().misses());
    }

    /** {@code postern_change_feed_lag_seconds}: for how long this node may not know what another has changed. */
    public void changeFeed(Supplier<Duration> lag) {
        TimeGauge.builder(
                        "postern.change.feed.lag",
                        lag,
                        TimeUnit.NANOSECONDS,
                        age -> age.get().toNanos())
                .description("Age of the last look into the store that found every change told")
                .strongReference(true)
                .register(registry);
    }

    /** Holds, delayed answers, stale repeats, and the log lines that a flood suppressed. */
    public void lockout(Lockout lockout, LoginLog logins, LockoutLog holds, LongSupplier holdsNotShared) {
        LockoutMetrics.register(registry, lockout, logins, holds, holdsNotShared);
    }

    private static void recentMatches(
            MeterRegistry registry, RecentMatches matches, String result, ToDoubleFunction<RecentMatches> count) {
        FunctionCounter.builder("postern.recent.matches", matches, count)
                .description("Secrets proved, by whether a recent match spared the Argon2")
                .tag("result", result)
                .register(registry);
    }

    /** Prometheus text, or OpenMetrics when the content type says so. */
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }
}

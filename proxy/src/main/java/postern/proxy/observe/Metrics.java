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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import postern.credentials.AppPasswordId;
import postern.credentials.Imports;
import postern.credentials.LegacyTlsUse;
import postern.credentials.LoginObserver;
import postern.credentials.grant.GrantState;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
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
    public void grants(Supplier<Map<GrantState, Integer>> census, IntSupplier ending) {
        TokenMetrics.grants(registry, census, ending);
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

    /**
     * Of TLS at these listeners.
     *
     * @param report hears of each login by an old version
     */
    public TlsObserver tls(List<String> listeners, BiConsumer<AppPasswordId, LegacyTlsUse> report) {
        return new TlsUse(registry, listeners, report);
    }

    /**
     * {@code postern_hashing_waiting}, {@code postern_hashing_running} and {@code postern_hashing_native_bytes}: how busy the
     * hashing threads are, and what that takes outside the Java heap.
     */
    public void hashing(HashingPool pool, HashingCost cost) {
        Gauge.builder("postern.hashing.waiting", pool, HashingPool::waiting)
                .description("Logins that wait for a hashing thread")
                .register(registry);
        Gauge.builder("postern.hashing.running", pool, HashingPool::running)
                .description("Hashing threads at work now")
                .register(registry);
        Gauge.builder("postern.hashing.native", pool, one -> one.running() * cost.bytes())
                .description("Memory outside the Java heap that these take, at the cost of a hash of ours")
                .baseUnit("bytes")
                .register(registry);
    }

    /**
     * {@code postern_recent_matches_total{result}}: verifications that a recent match spared, and those that cost an Argon2.
     * {@code postern_recent_matches_kept} and {@code postern_recent_matches_evicted_total}: whether there is room for all.
     */
    public void recentMatches(RecentMatches matches) {
        recentMatches(registry, matches, "hit", one -> one.spared().hits());
        recentMatches(registry, matches, "miss", one -> one.spared().misses());
        Gauge.builder("postern.recent.matches.kept", matches, RecentMatches::size)
                .description("Recent matches that are remembered now")
                .register(registry);
        FunctionCounter.builder("postern.recent.matches.evicted", matches, RecentMatches::evictions)
                .description("Recent matches that went before their time, since there were too many")
                .register(registry);
    }

    /** {@code postern_imported_app_passwords{used}}: those whose secret was made elsewhere, and whether it was shown here since. */
    public void imported(Supplier<Imports> left) {
        imported(left, "no", Imports::unused);
        imported(left, "yes", Imports::used);
    }

    private void imported(Supplier<Imports> left, String used, ToDoubleFunction<Imports> count) {
        Gauge.builder("postern.imported.app.passwords", left, now -> count.applyAsDouble(now.get()))
                .description(
                        "App passwords that were imported and are not replaced yet, by whether they were used here")
                .tag("used", used)
                .strongReference(true)
                .register(registry);
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

    /** {@code postern_login_failure_ratio} */
    public void failureRatio(FailureRatio ratio) {
        Gauge.builder("postern.login.failure.ratio", ratio, FailureRatio::ratio)
                .description("How many of the logins of the last minutes were wrong, without repeats: 0 to 1")
                .register(registry);
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

package postern.proxy.observe;

import static postern.proxy.observe.LoginMetrics.label;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import postern.credentials.HoldKind;
import postern.credentials.throttle.Lockout;

/**
 * {@code postern_holds{kind}}, {@code postern_holds_not_shared_total}, {@code postern_delayed_answers}, {@code
 * postern_stale_repeats_total} and {@code postern_log_lines_suppressed_total{log}}: against whom the lockout has turned, and what nobody was told of it.
 */
final class LockoutMetrics {

    private LockoutMetrics() {}

    static void register(
            MeterRegistry registry, Lockout lockout, LoginLog logins, LockoutLog holds, LongSupplier notShared) {
        for (HoldKind kind : HoldKind.values()) {
            Gauge.builder("postern.holds", lockout, one -> one.holds().count(kind))
                    .description("Names and networks on hold now")
                    .tag("kind", label(kind))
                    .register(registry);
        }
        Gauge.builder("postern.delayed.answers", lockout, Lockout::delayedAnswers)
                .description("Wrong logins that wait for their slow answer")
                .register(registry);
        FunctionCounter.builder("postern.stale.repeats", lockout, Lockout::staleRepeats)
                .description("Wrong secrets that had been wrong before: phones that nobody told")
                .register(registry);
        FunctionCounter.builder("postern.holds.not.shared", lockout, _ -> notShared.getAsLong())
                .description("Holds that other nodes were not told of, since there were too many")
                .register(registry);
        suppressed(registry, "logins", logins, LoginLog::suppressed);
        suppressed(registry, "holds", holds, LockoutLog::suppressed);
    }

    private static <T> void suppressed(MeterRegistry registry, String log, T of, ToDoubleFunction<T> count) {
        FunctionCounter.builder("postern.log.lines.suppressed", of, count)
                .description("Log lines left out since there were too many in a second")
                .tag("log", log)
                .register(registry);
    }
}

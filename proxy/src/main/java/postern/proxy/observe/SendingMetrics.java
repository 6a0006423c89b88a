package postern.proxy.observe;

import static postern.proxy.observe.LoginMetrics.label;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import postern.credentials.sending.Verdict;

/** {@code postern_envelopes_total{outcome}}: senders and recipients, by whether the app password let them pass. */
final class SendingMetrics implements Consumer<Verdict> {

    private final MeterRegistry registry;

    SendingMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Verdict verdict : Verdict.values()) {
            counter(verdict);
        }
    }

    @Override
    public void accept(Verdict verdict) {
        counter(verdict).increment();
    }

    private Counter counter(Verdict verdict) {
        return Counter.builder("postern.envelopes")
                .description("Senders and recipients, by whether the app password let them pass")
                .tag("outcome", label(verdict))
                .register(registry);
    }
}

package postern.proxy.observe;

import static postern.proxy.observe.LoginMetrics.label;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import postern.credentials.grant.GrantState;
import postern.proxy.token.TokenObserver;

/**
 * {@code postern_token_requests_total{kind,outcome}}, {@code postern_token_request_seconds{kind}}: what
 * providers were asked, and how long they took. {@code postern_grants{state}}: how it stands with what
 * people have given. {@code postern_grants_ending}: how many of that end soon.
 */
final class TokenMetrics implements TokenObserver {

    private final MeterRegistry registry;

    TokenMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Kind kind : Kind.values()) {
            timer(kind);
            for (Outcome outcome : Outcome.values()) {
                counter(kind, outcome);
            }
        }
    }

    @Override
    public void requested(Kind kind, Outcome outcome, Duration took) {
        timer(kind).record(took);
        counter(kind, outcome).increment();
    }

    private Timer timer(Kind kind) {
        return Timer.builder("postern.token.request")
                .description("Requests for access tokens, by what was asked")
                .tag("kind", label(kind))
                .register(registry);
    }

    private Counter counter(Kind kind, Outcome outcome) {
        return Counter.builder("postern.token.requests")
                .description("Requests for access tokens, by what came of them")
                .tag("kind", label(kind))
                .tag("outcome", label(outcome))
                .register(registry);
    }

    static void grants(MeterRegistry registry, Supplier<Map<GrantState, Integer>> census, IntSupplier ending) {
        Gauge.builder("postern.grants.ending", ending, IntSupplier::getAsInt)
                .description("Of these, how many die within consent.warn-before if nobody uses them")
                .strongReference(true)
                .register(registry);
        for (GrantState state : GrantState.values()) {
            Gauge.builder("postern.grants", census, counted -> counted.get().getOrDefault(state, 0))
                    .description("What people have given for their mailboxes upstream, by how it stands with it")
                    .tag("state", label(state))
                    .strongReference(true)
                    .register(registry);
        }
    }
}

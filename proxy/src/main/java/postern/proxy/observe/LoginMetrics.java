package postern.proxy.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginObserver;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.Protocol;

/**
 * {@code postern_login_seconds{protocol,outcome}}, and of those without a password {@code
 * postern_address_logins_total{outcome}}: how many logins, how they ended, how long we took
 * to know. Every series exists from the first scrape, at zero, so an alert can tell "none failed"
 * from "nobody counted". Labels are enums: no user name ever becomes one.
 */
public final class LoginMetrics implements LoginObserver {

    private enum Outcome {
        ACCEPTED,
        DENIED,
        SLOWED,
        TURNED_AWAY,
        UNAVAILABLE
    }

    private final MeterRegistry registry;

    public LoginMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Protocol protocol : Protocol.values()) {
            for (Outcome outcome : Outcome.values()) {
                timer(protocol, outcome);
            }
        }
        for (Outcome outcome : Outcome.values()) {
            byAddress(outcome);
        }
    }

    @Override
    public void observed(LoginAttempt attempt, LoginOutcome outcome, Duration took) {
        timer(attempt.protocol(), outcome(outcome)).record(took);
        if (attempt.byAddress().isPresent()) {
            byAddress(outcome(outcome)).increment();
        }
    }

    /** The one of these labels, made when there is none yet. */
    private Timer timer(Protocol protocol, Outcome outcome) {
        return Timer.builder("postern.login")
                .description("Logins decided, by door and outcome")
                .tag("protocol", label(protocol))
                .tag("outcome", label(outcome))
                .register(registry);
    }

    private Counter byAddress(Outcome outcome) {
        return Counter.builder("postern.address.logins")
                .description("Logins without a password, for where the client comes from")
                .tag("outcome", label(outcome))
                .register(registry);
    }

    private static Outcome outcome(LoginOutcome outcome) {
        return switch (outcome) {
            case Accepted _ -> Outcome.ACCEPTED;
            case Denied _ -> Outcome.DENIED;
            case Slowed _ -> Outcome.SLOWED;
            case TurnedAway _ -> Outcome.TURNED_AWAY;
            case Unavailable _ -> Outcome.UNAVAILABLE;
        };
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

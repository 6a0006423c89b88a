package postern.credentials.throttle;

import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import postern.credentials.Actor;
import postern.credentials.LoginAttempt;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.Origin;

/** From holds to events. */
public final class AuditedHolds implements LockoutObserver {

    private final LockoutPolicy.Mode mode;
    private final Consumer<AuditEvent> events;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param events never waits
     */
    public AuditedHolds(
            LockoutPolicy.Mode mode, Consumer<AuditEvent> events, InstantSource clock, RandomGenerator random) {
        this.mode = mode;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void holdBegan(Hold hold, LoginAttempt last) {
        events.accept(AuditEvent.of(kind(hold), Actor.system("lockout"), clock.instant(), random)
                .about(last.name())
                .from(Origin.of(last))
                .with("hold", hold.kind().toString())
                .with("subject", hold.subject())
                .with("seconds", String.valueOf(hold.left().toSeconds()))
                .with("times", String.valueOf(hold.times()))
                .with("mode", mode.toString().toLowerCase(Locale.ROOT)));
    }

    private static AuditKind kind(Hold hold) {
        return switch (hold.kind()) {
            case NAME, DISTRIBUTED -> AuditKind.LOCK_SET;
            case SOURCE -> AuditKind.SOURCE_BLOCKED;
        };
    }
}

package postern.credentials.audit;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import postern.credentials.Actor;
import postern.credentials.AppPassword;
import postern.credentials.DevicePin;
import postern.credentials.LoginAttempt;
import postern.credentials.audit.LoginTally.Alike;
import postern.credentials.audit.LoginTally.Bounds;

/**
 * Tells of other devices than the first that are let in, since the pin only observes: of each once a
 * day, and a count. It asks for mail all day long.
 */
public final class AuditedPins implements AutoCloseable {

    private static final Bounds ONCE_A_DAY = new Bounds(Duration.ofDays(1), 1, 20_000);

    private final LoginTally others;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param out never waits: an {@link AuditWriter}
     */
    public AuditedPins(Consumer<AuditEvent> out, InstantSource clock, Ticker ticker, RandomGenerator random) {
        this.others = new LoginTally(ONCE_A_DAY, out, clock, ticker, random);
        this.clock = clock;
        this.random = random;
    }

    public void otherDevice(LoginAttempt attempt, AppPassword used) {
        AuditEvent event = AuditEvent.of(
                        AuditKind.APP_PASSWORD_PIN_MISMATCH, Actor.person(used.owner()), clock.instant(), random)
                .about(used.owner(), used.id())
                .from(Origin.of(attempt))
                .with("name", used.name());
        String who = used.id() + " " + DevicePin.nameOf(attempt.device()).orElse("");
        others.count(new Alike(event.kind(), Optional.empty(), who, Optional.empty()), () -> event);
    }

    /** Tells what was only counted so far. */
    @Override
    public void close() {
        others.tellAll();
    }
}

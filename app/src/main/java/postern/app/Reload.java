package postern.app;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.Actor;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditEvent.Outcome;
import postern.credentials.audit.AuditKind;
import postern.proxy.listen.DoorKeys;

/** What SIGHUP asks for: files that are read again while the server runs. That they were, or were no good, is an event. */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final DoorKeys keys;
    private final Consumer<AuditEvent> events;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param events never waits
     */
    Reload(DoorKeys keys, Consumer<AuditEvent> events, InstantSource clock, RandomGenerator random) {
        this.keys = keys;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    /** Files that are no good change nothing. */
    void now() {
        try {
            keys.reload();
            LOG.atInfo().log("certificates renewed");
            events.accept(event());
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("certificates not renewed, those before stay");
            events.accept(event().ended(Outcome.FAILURE, "not_renewed"));
        }
    }

    private AuditEvent event() {
        return AuditEvent.of(AuditKind.CONFIG_RELOADED, Actor.system("signal"), clock.instant(), random)
                .with("part", "certificates");
    }
}

package postern.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.CredentialStore;
import postern.credentials.StoreUnavailableException;

/** Deletes, once an hour, what was only kept for a while. Every node does, and one is enough. */
public final class Housekeeping implements AutoCloseable {

    /** Deletes what nobody needs any more. */
    public interface Chore {
        void clean(Instant now) throws StoreUnavailableException;
    }

    /** For so long a revoked secret is known again: a phone in a drawer may come back after a summer. */
    static final Duration TOMBSTONES = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final List<Chore> chores;
    private final InstantSource clock;
    private final ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(List<Chore> chores, InstantSource clock) {
        this.chores = chores;
        this.clock = clock;
    }

    public static Housekeeping open(List<Chore> chores, InstantSource clock) {
        Housekeeping keeping = new Housekeeping(chores, clock);
        var _ = keeping.hourly.scheduleWithFixedDelay(keeping::clean, 1, 60, TimeUnit.MINUTES);
        return keeping;
    }

    /** Forgets what was revoked a summer ago. */
    public static Chore tombstones(CredentialStore store) {
        return now -> store.forgetRevoked(now.minus(TOMBSTONES));
    }

    void clean() {
        chores.forEach(this::clean);
    }

    private void clean(Chore chore) {
        try {
            chore.clean(clock.instant());
        } catch (StoreUnavailableException | RuntimeException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("old rows are not deleted; trying again in an hour");
        }
    }

    @Override
    public void close() {
        hourly.close();
    }
}

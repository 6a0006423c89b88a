package postern.credentials.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.CredentialStore;
import postern.credentials.StoreUnavailableException;

/** Deletes, once an hour, what was only kept for a while. Every node does, and one is enough. */
public final class Housekeeping implements AutoCloseable {

    /** For so long a revoked secret is known again: a phone in a drawer may come back after a summer. */
    static final Duration TOMBSTONES = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final CredentialStore store;
    private final InstantSource clock;
    private final ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(CredentialStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public static Housekeeping open(CredentialStore store, InstantSource clock) {
        Housekeeping keeping = new Housekeeping(store, clock);
        var _ = keeping.hourly.scheduleWithFixedDelay(keeping::clean, 1, 60, TimeUnit.MINUTES);
        return keeping;
    }

    void clean() {
        try {
            store.forgetRevoked(clock.instant().minus(TOMBSTONES));
        } catch (StoreUnavailableException | RuntimeException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("old rows are not deleted; trying again in an hour");
        }
    }

    @Override
    public void close() {
        hourly.close();
    }
}

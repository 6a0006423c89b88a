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
    private final AuditUpkeep audit;
    private final Duration events;
    private final Duration addresses;
    private final InstantSource clock;
    private final ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(CredentialStore store, AuditUpkeep audit, Duration events, Duration addresses, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.events = events;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * Begins now.
     *
     * @param events for how long the audit trail keeps them
     * @param addresses for how long it keeps where they came from
     */
    public static Housekeeping open(
            CredentialStore store, AuditUpkeep audit, Duration events, Duration addresses, InstantSource clock) {
        Housekeeping keeping = new Housekeeping(store, audit, events, addresses, clock);
        var _ = keeping.hourly.scheduleWithFixedDelay(keeping::clean, 1, 60, TimeUnit.MINUTES);
        return keeping;
    }

    void clean() {
        try {
            store.forgetRevoked(clock.instant().minus(TOMBSTONES));
            audit.keep(events, addresses);
        } catch (StoreUnavailableException | RuntimeException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("old rows are not deleted; trying again in an hour");
        }
    }

    @Override
    public void close() {
        hourly.close();
    }
}

package postern.credentials.throttle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.By;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AliasAdded;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.ApiTokenChanged;
import postern.credentials.Change.GrantChanged;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.Held;
import postern.credentials.HoldStore;
import postern.credentials.LoginName;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;

/**
 * Makes this node go by the holds that began at others, or here before a restart; and ends one
 * everywhere. A node that hears nothing goes by its own.
 */
public final class SharedHolds {

    private static final Logger LOG = LoggerFactory.getLogger(SharedHolds.class);

    private final Holds here;
    private final HoldWriter writer;
    private final HoldStore store;
    private final LockoutPolicy.Mode mode;
    private final InstantSource clock;
    private final Executor readers;

    /**
     * @param writer of the same node
     * @param readers starts a virtual thread for a look into the store
     */
    public SharedHolds(
            Holds here,
            HoldWriter writer,
            HoldStore store,
            LockoutPolicy.Mode mode,
            InstantSource clock,
            Executor readers) {
        this.here = here;
        this.writer = writer;
        this.store = store;
        this.mode = mode;
        this.clock = clock;
        this.readers = readers;
    }

    /** Takes up what lasts. After this hears of changes, or some are missed. */
    public void readAll() throws StoreUnavailableException {
        take(store.lasting(clock.instant()));
    }

    /** Hears from the change feed. */
    public void heard(Change change) {
        switch (change) {
            case HoldsBegan(List<SharedHold> holds) -> take(holds);
            case HoldCleared(Held held) -> {
                writer.forget(held);
                here.clear(held);
            }
            case Missed _ -> readers.execute(this::readAgain);
            case AccountAdded _,
                    AliasAdded _,
                    AccountChanged _,
                    GrantChanged _,
                    Issued _,
                    Revised _,
                    Revoked _,
                    AllRevoked _,
                    PolicyChanged _,
                    ApiTokenChanged _,
                    SessionsEnded _ -> {} // no hold is about an app password
        }
    }

    /** Forgets, on every node, all that strangers tried for this name; false when nobody knew of a hold. */
    public boolean clear(LoginName name, By by) throws StoreUnavailableException {
        return clear(Held.name(name), by);
    }

    /** Forgets, on every node, all names that failed from this network; false when nobody knew of a hold. */
    public boolean clear(SourceNetwork network, By by) throws StoreUnavailableException {
        return clear(Held.source(network), by);
    }

    private boolean clear(Held held, By by) throws StoreUnavailableException {
        writer.forget(held);
        boolean wasHeldHere = here.clear(held);
        return store.clear(held, by) || wasHeldHere;
    }

    /** By this node's own clock. Who only learns holds nobody because others do. */
    private void take(List<SharedHold> holds) {
        Instant now = clock.instant();
        if (mode == LockoutPolicy.Mode.ENFORCE) {
            holds.stream()
                    .filter(hold -> hold.until().isAfter(now))
                    .forEach(hold -> here.take(hold, Duration.between(now, hold.until())));
        }
    }

    private void readAgain() {
        try {
            readAll();
        } catch (StoreUnavailableException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("holds of other nodes are not known here");
        }
    }
}

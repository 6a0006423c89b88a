package postern.credentials.throttle;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.HoldStore;
import postern.credentials.LoginAttempt;
import postern.credentials.SharedHold;
import postern.credentials.StoreUnavailableException;
import postern.credentials.backlog.Backlog;

/**
 * Tells the other nodes which holds began here: behind the login that was one too many, within a
 * fraction of a second. Who can make many holds begin makes few rows of them: a thousand at once, then
 * one a second. Those beyond hold on this node alone, and are counted.
 */
public final class HoldWriter implements LockoutObserver, AutoCloseable {

    private static final int BURST = 1000;
    private static final long PRICE = Duration.ofSeconds(1).toNanos();
    private static final Backlog.Pace PACE = new Backlog.Pace(BURST, Duration.ofMillis(100), Duration.ZERO);

    private final HoldStore store;
    private final LockoutPolicy.Mode mode;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Backlog<Held, SharedHold> backlog;
    private final LongAdder beyondBudget = new LongAdder();
    private long paidUntil;

    HoldWriter(HoldStore store, LockoutPolicy.Mode mode, InstantSource clock, Ticker ticker) {
        this.store = store;
        this.mode = mode;
        this.clock = clock;
        this.ticker = ticker;
        this.backlog = new Backlog<>("holds", batch -> write(batch.values()), PACE, ticker);
        this.paidUntil = ticker.read() - BURST * PRICE;
    }

    public static HoldWriter open(HoldStore store, LockoutPolicy.Mode mode, InstantSource clock, Ticker ticker) {
        HoldWriter writer = new HoldWriter(store, mode, clock, ticker);
        writer.backlog.start();
        return writer;
    }

    /** Of who only learns, nobody hears: what is not enforced here shall not be elsewhere. */
    @Override
    public void holdBegan(Hold hold, LoginAttempt last) {
        if (mode == LockoutPolicy.Mode.LEARN || isSecretInTheWrongField(hold, last)) {
            return;
        }
        if (isAffordable()) {
            Held held = new Held(hold.kind(), hold.subject());
            backlog.note(
                    held, new SharedHold(held, hold.times(), clock.instant().plus(hold.left())));
        } else {
            beyondBudget.increment();
        }
    }

    /** Holds that began here and that no other node was told of. */
    public long notShared() {
        return beyondBudget.sum() + backlog.dropped();
    }

    /** One that is cleared before it is written is not written. */
    void forget(Held cleared) {
        backlog.forget(cleared::isSameAs);
    }

    void write() {
        backlog.write();
    }

    private void write(Collection<SharedHold> batch) throws StoreUnavailableException {
        List<SharedHold> lasting = batch.stream()
                .filter(hold -> hold.until().isAfter(clock.instant()))
                .toList();
        if (!lasting.isEmpty()) {
            store.began(lasting);
        }
    }

    /** Such a name is on hold as stars, and must not be in the store. */
    private static boolean isSecretInTheWrongField(Hold hold, LoginAttempt last) {
        return hold.kind() != HoldKind.SOURCE
                && !hold.subject().equals(last.name().value());
    }

    private synchronized boolean isAffordable() {
        long now = ticker.read();
        paidUntil = now - BURST * PRICE + Math.max(0, paidUntil - (now - BURST * PRICE));
        if (paidUntil + PRICE - now > 0) {
            return false;
        }
        paidUntil += PRICE;
        return true;
    }

    @Override
    public void close() {
        backlog.close();
    }
}

package postern.credentials.store;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.Change;
import postern.credentials.Change.Missed;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeLog.Entry;

/**
 * Tells this node what was changed in the store, by itself or by another node: each change once, in
 * order, on one thread. It starts with what is changed from now on, since a node that starts has
 * nothing that could be outdated.
 *
 * <p>It looks when something was changed here, when the database signals that something was changed
 * elsewhere, and every poll interval, should a signal have been lost. A store that is away delays
 * it and loses nothing.
 */
public final class ChangeFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

    private final ChangeLog log;
    private final Duration pollInterval;
    private final Ticker ticker;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition toDo = lock.newCondition();
    private final Condition heard = lock.newCondition();
    private boolean woken;
    private boolean closed;
    private long position;

    private volatile long lastLook;
    private long lastPruning;
    private boolean away;

    private ChangeFeed(ChangeLog log, Duration pollInterval, Ticker ticker) throws StoreUnavailableException {
        this.log = log;
        this.pollInterval = pollInterval;
        this.ticker = ticker;
        this.position = log.end();
        this.lastLook = ticker.read();
        this.lastPruning = lastLook - BETWEEN_PRUNINGS.toNanos();
    }

    /** Follows from now on. */
    public static ChangeFeed open(Database database, Duration pollInterval, InstantSource clock, Ticker ticker)
            throws StoreUnavailableException {
        ChangeFeed feed = new ChangeFeed(new ChangeLog(database, clock), pollInterval, ticker);
        database.onSignal(feed::wake);
        // Not a virtual thread: a revocation must not wait until logins and pages leave a carrier to it.
        Thread.ofPlatform().daemon().name("change-feed").start(feed::follow);
        return feed;
    }

    /**
     * Tells it every change from now on. A listener is quick, and changes nothing in the store: all
     * others wait for it, and so does whoever revokes.
     */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** How long ago it last knew that it had told everything. */
    public Duration lag() {
        return Duration.ofNanos(ticker.read() - lastLook);
    }

    ChangeLog log() {
        return log;
    }

    /** Looks now, and not only when it is time. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            toDo.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the listeners have heard of the change of this number. */
    void awaitHeard(long sequence) throws StoreUnavailableException {
        wake();
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (position < sequence && !closed) {
                if (left <= 0) {
                    throw tooLate(new TimeoutException());
                }
                left = heard.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLate(e);
        } finally {
            lock.unlock();
        }
    }

    private static StoreUnavailableException tooLate(Exception why) {
        return new StoreUnavailableException("changed, but not all on this node have heard of it yet", why);
    }

    private void follow() {
        while (isOpen()) {
            look();
            rest();
        }
    }

    private void look() {
        try {
            catchUp();
            lastLook = ticker.read();
            if (away) {
                away = false;
                LOG.atInfo().log("changes are heard again");
            }
            if (lastLook - lastPruning >= BETWEEN_PRUNINGS.toNanos()) {
                lastPruning = lastLook;
                prune();
            }
        } catch (StoreUnavailableException | RuntimeException e) {
            if (!away && isOpen()) {
                away = true;
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("changes cannot be heard, trying on");
            }
        }
    }

    private void catchUp() throws StoreUnavailableException {
        long end = log.end();
        if (end < position) {
            LOG.atWarn().log("the store is of an earlier day than this process");
            tell(new Missed(), end);
        }
        while (position < end) {
            List<Entry> next = log.after(position);
            if (next.isEmpty()) {
                tell(new Missed(), end);
            }
            for (Entry entry : next) {
                if (entry.sequence() != position + 1) {
                    tell(new Missed(), position);
                }
                entry.change().ifPresentOrElse(change -> tell(change, entry.sequence()), () -> passOver(entry));
            }
        }
    }

    private void tell(Change change, long sequence) {
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException bug) {
                LOG.error("a listener failed on a change; the others hear of it", bug);
            }
        }
        moveTo(sequence);
    }

    /** A newer version runs beside this one, and what it speaks of does not exist here. */
    private void passOver(Entry entry) {
        LOG.atWarn().addKeyValue("kind", entry.kind()).log("a change of a kind unknown here is passed over");
        moveTo(entry.sequence());
    }

    private void moveTo(long sequence) {
        lock.lock();
        try {
            position = sequence;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void prune() throws StoreUnavailableException {
        while (isOpen() && log.prune() > 0) {
            // the next batch
        }
    }

    private void rest() {
        lock.lock();
        try {
            long left = pollInterval.toNanos();
            while (!woken && !closed && left > 0) {
                left = toDo.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the change feed", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody hears anything any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            toDo.signal();
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

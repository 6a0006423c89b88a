package postern.credentials.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.Actor;
import postern.credentials.StoreUnavailableException;

/**
 * Takes events that nobody waits for, those of logins, to the {@link AuditTrail}: in batches, each
 * one transaction, on one thread. Whoever has an event to tell never waits.
 *
 * <p>While the store is away, events wait up to a bound. Those beyond are counted; when the store is
 * back, a line of the log and an event say how many there were.
 */
public final class AuditWriter implements Consumer<AuditEvent>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final Duration TO_THE_END = Duration.ofSeconds(10);

    /**
     * How fast it goes.
     *
     * @param most events that wait
     * @param batch the most in one transaction
     * @param interval how long the first of a batch waits for others
     * @param betweenAttempts while the store is away
     */
    public record Pace(int most, int batch, Duration interval, Duration betweenAttempts) {

        /** Ten thousand events are some ten megabytes. */
        public static final Pace USUAL = new Pace(10_000, 500, Duration.ofMillis(250), Duration.ofSeconds(1));
    }

    private final AuditTrail trail;
    private final Pace pace;
    private final InstantSource clock;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition toDo = lock.newCondition();
    private final Queue<AuditEvent> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean closed;

    private final Thread writing;
    private boolean away;

    private AuditWriter(AuditTrail trail, Pace pace, InstantSource clock, RandomGenerator random) {
        this.trail = trail;
        this.pace = pace;
        this.clock = clock;
        this.random = random;
        this.writing = Thread.ofPlatform().daemon().name("audit-writer").unstarted(this::write);
    }

    /** Writes from now on. */
    public static AuditWriter start(AuditTrail trail, Pace pace, InstantSource clock, RandomGenerator random) {
        AuditWriter writer = new AuditWriter(trail, pace, clock, random);
        writer.writing.start();
        return writer;
    }

    /** Returns at once, and never throws. */
    @Override
    public void accept(AuditEvent event) {
        lock.lock();
        try {
            if (closed || waiting.size() >= pace.most()) {
                dropped++;
            } else {
                waiting.add(event);
                toDo.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        for (List<AuditEvent> batch = gather(); !batch.isEmpty(); batch = gather()) {
            while (!isStored(batch)) {
                if (!rest()) {
                    giveUp(batch);
                    return;
                }
                // the same again: what came through unnoticed is not written twice
            }
        }
    }

    /** Empty when there will be none any more. */
    private List<AuditEvent> gather() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                toDo.await();
            }
            long left = pace.interval().toNanos();
            while (waiting.size() < pace.batch() && !closed && left > 0) {
                left = toDo.awaitNanos(left);
            }
            List<AuditEvent> batch = new ArrayList<>();
            while (!waiting.isEmpty() && batch.size() < pace.batch()) {
                batch.add(waiting.remove());
            }
            return batch;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the audit writer", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isStored(List<AuditEvent> batch) {
        try {
            trail.append(batch);
            back();
            return true;
        } catch (StoreUnavailableException e) {
            if (!away) {
                away = true;
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("audit events wait for the store");
            }
            return false;
        } catch (RuntimeException bug) {
            LOG.error("audit events could not be written, and are counted as dropped", bug);
            drop(batch.size());
            return true;
        }
    }

    private void back() {
        long lost = takeDropped();
        if (away || lost > 0) {
            away = false;
            LOG.atWarn().addKeyValue("left_out", lost).log("audit events are written again");
        }
    }

    /** They are told of in the chain, too, with the next batch: the bound does not hold for this one event. */
    private long takeDropped() {
        lock.lock();
        try {
            long lost = dropped;
            if (lost > 0) {
                waiting.add(AuditEvent.of(AuditKind.AUDIT_DROPPED, Actor.system("audit"), clock.instant(), random)
                        .times(lost));
            }
            dropped = 0;
            return lost;
        } finally {
            lock.unlock();
        }
    }

    private void drop(int events) {
        lock.lock();
        try {
            dropped += events;
        } finally {
            lock.unlock();
        }
    }

    /** False when there is no time left to wait for the store. */
    private boolean rest() {
        lock.lock();
        try {
            long left = pace.betweenAttempts().toNanos();
            while (!closed && left > 0) {
                left = toDo.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the audit writer", e);
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(List<AuditEvent> batch) {
        lock.lock();
        try {
            LOG.atError()
                    .addKeyValue("left_out", dropped + batch.size() + waiting.size())
                    .log("audit events are lost, the store being away at the end");
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when what waited is written, or the store has had its time. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            toDo.signal();
        } finally {
            lock.unlock();
        }
        try {
            writing.join(TO_THE_END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package postern.credentials.backlog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.StoreUnavailableException;

/**
 * Writes down what logins leave behind, on a thread of its own and in batches. Of each key the latest
 * value counts, so it never holds more than there are keys, nor more than it may: what finds no place
 * is dropped and counted. What cannot be written now is written later.
 */
public final class Backlog<K, V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final int BATCH = 500;

    /** Takes all of it or nothing. */
    public interface Sink<K, V> {
        void write(Map<K, V> batch) throws StoreUnavailableException;
    }

    /**
     * How fast it goes.
     *
     * @param most keys that may wait
     * @param betweenLooks how long a key waits that is due
     * @param rest for how long after it was written a key is not due again
     */
    public record Pace(int most, Duration betweenLooks, Duration rest) {}

    private final String what;
    private final Sink<K, V> sink;
    private final Pace pace;
    private final ConcurrentMap<K, V> unwritten = new ConcurrentHashMap<>();
    private final Cache<K, Boolean> justWritten;
    private final LongAdder dropped = new LongAdder();
    private final ScheduledExecutorService writer;
    private boolean away;

    /**
     * One that writes when it is told to.
     *
     * @param what is in it, in the plural, for log and threads
     */
    public Backlog(String what, Sink<K, V> sink, Pace pace, Ticker ticker) {
        this.what = what;
        this.sink = sink;
        this.pace = pace;
        this.justWritten = Caffeine.newBuilder()
                .expireAfterWrite(pace.rest())
                .ticker(ticker)
                .build();
        this.writer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(what).factory());
    }

    /** From now on it writes by itself. */
    public void start() {
        long pause = pace.betweenLooks().toMillis();
        var _ = writer.scheduleWithFixedDelay(this::write, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Never waits. */
    public void note(K key, V value) {
        if (unwritten.size() >= pace.most() && !unwritten.containsKey(key)) {
            dropped.increment();
        } else {
            unwritten.put(key, value);
        }
    }

    /** Those of these keys that are not being written yet will not be. */
    public void forget(Predicate<K> which) {
        unwritten.keySet().removeIf(which);
    }

    /** How many found no place. */
    public long dropped() {
        return dropped.sum();
    }

    /** What is due. */
    public void write() {
        write(key -> justWritten.getIfPresent(key) == null);
    }

    private void write(Predicate<K> isDue) {
        List<Map.Entry<K, V>> due = unwritten.entrySet().stream()
                .filter(entry -> isDue.test(entry.getKey()))
                .toList();
        try {
            for (int from = 0; from < due.size(); from += BATCH) {
                writeBatch(due.subList(from, Math.min(from + BATCH, due.size())));
            }
        } catch (StoreUnavailableException | RuntimeException e) {
            if (!away) {
                away = true;
                LOG.atWarn()
                        .addKeyValue("part", what)
                        .addKeyValue("cause", e.getMessage())
                        .log("cannot be written, trying on");
            }
        }
    }

    private void writeBatch(List<Map.Entry<K, V>> entries) throws StoreUnavailableException {
        Map<K, V> batch = new LinkedHashMap<>();
        entries.forEach(entry -> batch.put(entry.getKey(), entry.getValue()));
        sink.write(batch);
        batch.forEach((key, value) -> {
            unwritten.remove(key, value);
            justWritten.put(key, true);
        });
        away = false;
    }

    /** Writes what is left, due or not. */
    @Override
    public void close() {
        writer.close();
        write(_ -> true);
    }
}

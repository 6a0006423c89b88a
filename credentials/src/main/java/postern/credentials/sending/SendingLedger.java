package postern.credentials.sending;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.SendingStore;
import postern.credentials.Sent;
import postern.credentials.StoreUnavailableException;

/**
 * Counts what is sent a day: at once on this node, with other nodes and the next start a few seconds
 * later. A node that dies forgets those seconds. Only app passwords that may send so much a day, and that
 * somebody has logged in with lately, are in it.
 */
public final class SendingLedger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SendingLedger.class);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(5);
    private static final long DAYS_KEPT = 7;

    private record Key(AppPasswordId used, long day) {}

    private final SendingStore store;
    private final InstantSource clock;
    private final ConcurrentMap<Key, Tally> tallies = new ConcurrentHashMap<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sending").factory());
    private long cleaned;
    private boolean away;

    public SendingLedger(SendingStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public static SendingLedger open(SendingStore store, InstantSource clock) {
        SendingLedger ledger = new SendingLedger(store, clock);
        long pause = BETWEEN_WRITES.toMillis();
        var _ = ledger.writer.scheduleWithFixedDelay(ledger::write, pause, pause, TimeUnit.MILLISECONDS);
        return ledger;
    }

    /** Reads what was sent with it today, unless that is known. May block. */
    void read(AppPasswordId used) throws StoreUnavailableException {
        Key now = new Key(used, today());
        if (!tallies.containsKey(now)) {
            tallies.putIfAbsent(now, new Tally(store.on(now.day(), used)));
        }
    }

    /** Empty when it must be read first. A new day begins with nothing; what other nodes sent since is added soon. */
    Optional<Tally> today(AppPasswordId used) {
        Key now = new Key(used, today());
        Tally known = tallies.get(now);
        if (known == null && tallies.containsKey(new Key(used, now.day() - 1))) {
            known = tallies.computeIfAbsent(now, _ -> new Tally(Sent.NOTHING));
        }
        return Optional.ofNullable(known);
    }

    private long today() {
        return TimeUnit.MILLISECONDS.toDays(clock.millis());
    }

    /** What cannot be written now is written later. */
    synchronized void write() {
        long today = today();
        try {
            write(today - 1);
            write(today);
            if (cleaned < today) {
                store.forgetBefore(today - DAYS_KEPT);
                cleaned = today;
            }
            tallies.keySet().removeIf(key -> key.day() < today - 1);
            away = false;
        } catch (StoreUnavailableException | RuntimeException e) {
            if (!away) {
                away = true;
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("what was sent cannot be written, trying on");
            }
        }
    }

    private void write(long day) throws StoreUnavailableException {
        Map<AppPasswordId, Tally> ofTheDay = new HashMap<>();
        Map<AppPasswordId, Sent> unwritten = new HashMap<>();
        tallies.forEach((key, tally) -> {
            if (key.day() == day) {
                Sent some = tally.unwritten();
                ofTheDay.put(key.used(), tally);
                unwritten.put(key.used(), some);
            }
        });
        if (ofTheDay.isEmpty()) {
            return;
        }
        Map<AppPasswordId, Sent> more = new HashMap<>(unwritten);
        more.values().removeIf(Sent.NOTHING::equals);
        Map<AppPasswordId, Sent> all = store.add(day, more);
        ofTheDay.forEach((used, tally) ->
                tally.written(unwritten.getOrDefault(used, Sent.NOTHING), all.getOrDefault(used, Sent.NOTHING)));
    }

    /** Writes what is left. */
    @Override
    public void close() {
        writer.close();
        write();
    }
}

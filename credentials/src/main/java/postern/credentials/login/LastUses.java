package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore;
import postern.credentials.LastUse;
import postern.credentials.StoreUnavailableException;

/**
 * Writes down when app passwords were used: off the login path, the first use within a second, and
 * then each at most once a minute, however often its client logs in. Only those that were let in are
 * in it, so no stranger makes it grow.
 */
public final class LastUses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);
    private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final CredentialStore store;
    private final ConcurrentMap<AppPasswordId, LastUse> unwritten = new ConcurrentHashMap<>();
    private final Cache<AppPasswordId, Boolean> justWritten;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("last-uses").factory());
    private boolean away;

    public LastUses(CredentialStore store, Ticker ticker) {
        this.store = store;
        this.justWritten = Caffeine.newBuilder()
                .expireAfterWrite(BETWEEN_WRITES)
                .ticker(ticker)
                .build();
    }

    public static LastUses open(CredentialStore store, Ticker ticker) {
        LastUses uses = new LastUses(store, ticker);
        long pause = BETWEEN_LOOKS.toMillis();
        var _ = uses.writer.scheduleWithFixedDelay(uses::write, pause, pause, TimeUnit.MILLISECONDS);
        return uses;
    }

    void note(AppPasswordId used, LastUse use) {
        unwritten.put(used, use);
    }

    /** What is due; what cannot be written now is written later. */
    void write() {
        Map<AppPasswordId, LastUse> due = new HashMap<>(unwritten);
        due.keySet().removeAll(justWritten.asMap().keySet());
        write(due);
    }

    private void write(Map<AppPasswordId, LastUse> due) {
        if (due.isEmpty()) {
            return;
        }
        try {
            store.used(due);
            due.forEach((id, use) -> {
                unwritten.remove(id, use);
                justWritten.put(id, true);
            });
            away = false;
        } catch (StoreUnavailableException | RuntimeException e) {
            if (!away) {
                away = true;
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("last uses cannot be written, trying on");
            }
        }
    }

    /** Writes what is left, due or not. */
    @Override
    public void close() {
        writer.close();
        write(new HashMap<>(unwritten));
    }
}

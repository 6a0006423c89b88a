package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import postern.credentials.AppPasswordId;
import postern.credentials.DevicePin;
import postern.credentials.DeviceUse;
import postern.credentials.LoginAttempt;
import postern.credentials.backlog.Backlog;

/**
 * Writes down which devices log in with an app password: off the login path, each once an hour, and once more when it
 * first says which version it speaks. A phone logs in with every request; and whoever has a right secret can call
 * themselves anything, so of one app password no more names are written in an hour than are kept of it.
 */
public final class DeviceUses implements AutoCloseable {

    /** So many of one app password are kept. */
    public static final int MOST = 20;

    private static final Duration REST = Duration.ofHours(1);
    private static final Backlog.Pace PACE = new Backlog.Pace(100_000, Duration.ofSeconds(1), Duration.ZERO);
    private static final long MOST_REMEMBERED = 100_000;

    /** Some say after EHLO where they are, and not who: {@code [192.0.2.7]}. It would be another one each morning. */
    private static final Pattern ADDRESS = Pattern.compile("\\[.*|\\d+(\\.\\d+){3}");

    private final Backlog<DeviceUse.Key, DeviceUse> backlog;
    private final Ticker ticker;
    private final Cache<AppPasswordId, ConcurrentMap<DeviceUse.Key, Told>> lately;

    private record Told(long at, boolean speaks) {}

    public DeviceUses(Backlog.Sink<DeviceUse.Key, DeviceUse> store, Ticker ticker) {
        this.backlog = new Backlog<>("device uses", store, PACE, ticker);
        this.ticker = ticker;
        this.lately = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterAccess(REST)
                .ticker(ticker)
                .build();
    }

    public static DeviceUses open(Backlog.Sink<DeviceUse.Key, DeviceUse> store, Ticker ticker) {
        DeviceUses uses = new DeviceUses(store, ticker);
        uses.backlog.start();
        return uses;
    }

    void note(AppPasswordId used, LoginAttempt attempt, Instant at) {
        Optional<DeviceUse.Key> key = DevicePin.nameOf(attempt.device())
                .filter(name -> !name.isEmpty() && !ADDRESS.matcher(name).matches())
                .map(name -> new DeviceUse.Key(used, attempt.protocol(), name));
        if (key.isPresent() && isNews(key.get(), attempt.speaks().isPresent())) {
            backlog.note(key.get(), new DeviceUse(at, attempt.device().orElseThrow(), attempt.speaks()));
        }
    }

    private boolean isNews(DeviceUse.Key key, boolean speaks) {
        long now = ticker.read();
        ConcurrentMap<DeviceUse.Key, Told> told = lately.get(key.appPassword(), _ -> new ConcurrentHashMap<>());
        told.values().removeIf(one -> now - one.at() >= REST.toNanos());
        Told before = told.get(key);
        if (before == null ? told.size() >= MOST : before.speaks() || !speaks) {
            return false;
        }
        told.put(key, new Told(now, speaks));
        return true;
    }

    void write() {
        backlog.write();
    }

    @Override
    public void close() {
        backlog.close();
    }
}

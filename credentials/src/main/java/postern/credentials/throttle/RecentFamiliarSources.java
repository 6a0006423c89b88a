package postern.credentials.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import postern.credentials.FamiliarSource;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/**
 * {@link FamiliarSources} in memory: what the store says of the names that were asked for lately, and what was seen
 * since. Only names that have logged in are in it, so a guesser does not make it grow.
 */
public final class RecentFamiliarSources implements FamiliarSources {

    private static final long BETWEEN_WRITES = Duration.ofDays(1).toNanos();

    private final long keep;
    private final int mostPerName;
    private final InstantSource clock;
    private final Ticker ticker;
    private final BiConsumer<FamiliarSource, Instant> toWrite;
    private final Cache<LoginName, Places> byName;

    /**
     * @param toWrite takes what the store should know: a new source at once, and each again when a day has passed.
     *     Never waits
     */
    public RecentFamiliarSources(
            Duration keep,
            int mostPerName,
            long mostNames,
            InstantSource clock,
            Ticker ticker,
            BiConsumer<FamiliarSource, Instant> toWrite) {
        this.keep = keep.toNanos();
        this.mostPerName = mostPerName;
        this.clock = clock;
        this.ticker = ticker;
        this.toWrite = toWrite;
        this.byName = Caffeine.newBuilder()
                .expireAfterAccess(keep)
                .maximumSize(mostNames)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean isFamiliar(LoginName name, SourceNetwork source) {
        Places known = byName.getIfPresent(name);
        return known != null && known.has(source, ticker.read() - keep);
    }

    @Override
    public boolean isNearFamiliar(LoginName name, SourceNetwork source) {
        Places known = byName.getIfPresent(name);
        return known != null && known.hasNear(source.neighbourhood(), ticker.read() - keep);
    }

    @Override
    public void succeeded(LoginName name, SourceNetwork source) {
        if (of(name).saw(source, ticker.read())) {
            toWrite.accept(new FamiliarSource(name, source), clock.instant());
        }
    }

    @Override
    public void learn(LoginName name, Map<SourceNetwork, Instant> sources) {
        if (!sources.isEmpty()) {
            Instant now = clock.instant();
            long ticks = ticker.read();
            Places known = of(name);
            sources.forEach((source, at) ->
                    known.learn(source, ticks - Duration.between(at, now).toNanos()));
        }
    }

    @Override
    public void forget(LoginName name) {
        byName.invalidate(name);
    }

    private Places of(LoginName name) {
        return byName.get(name, _ -> new Places(mostPerName));
    }

    /** When it was last seen, and as of when the store knows. */
    private record Seen(long at, long written) {}

    /** One name's, in the order in which they were told of. */
    private static final class Places {

        private final int most;
        private final Map<SourceNetwork, Seen> seen = new LinkedHashMap<>();

        Places(int most) {
            this.most = most;
        }

        /** Whether the store should know. */
        synchronized boolean saw(SourceNetwork source, long now) {
            Seen before = seen.get(source);
            boolean isNews = before == null || now - before.written() >= BETWEEN_WRITES;
            put(source, new Seen(now, before == null || isNews ? now : before.written()));
            return isNews;
        }

        synchronized void learn(SourceNetwork source, long at) {
            Seen before = seen.get(source);
            if (before == null || before.at() - at < 0) {
                put(source, new Seen(at, at));
            }
        }

        synchronized boolean has(SourceNetwork source, long since) {
            Seen last = seen.get(source);
            return last != null && last.at() - since > 0;
        }

        synchronized boolean hasNear(SourceNetwork neighbourhood, long since) {
            return seen.entrySet().stream()
                    .anyMatch(one -> one.getValue().at() - since > 0
                            && one.getKey().neighbourhood().equals(neighbourhood));
        }

        private void put(SourceNetwork source, Seen last) {
            seen.remove(source);
            seen.put(source, last);
            if (seen.size() > most) {
                seen.keySet().remove(oldest().getKey());
            }
        }

        private Map.Entry<SourceNetwork, Seen> oldest() {
            return Collections.min(
                    seen.entrySet(),
                    Comparator.comparingLong(entry -> entry.getValue().at()));
        }
    }
}

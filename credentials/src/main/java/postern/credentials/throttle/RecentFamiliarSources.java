package postern.credentials.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/**
 * {@link FamiliarSources} in memory: a restart makes everybody a stranger until the next login. Only names that have
 * logged in are in it, so a guesser does not make it grow.
 */
public final class RecentFamiliarSources implements FamiliarSources {

    private final long keep;
    private final int mostPerName;
    private final Ticker ticker;
    private final Cache<LoginName, Places> byName;

    public RecentFamiliarSources(Duration keep, int mostPerName, long mostNames, Ticker ticker) {
        this.keep = keep.toNanos();
        this.mostPerName = mostPerName;
        this.ticker = ticker;
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
    public void succeeded(LoginName name, SourceNetwork source) {
        byName.get(name, _ -> new Places()).saw(source, ticker.read(), mostPerName);
    }

    /** One name's, the latest last. */
    private static final class Places {

        private final Map<SourceNetwork, Long> seenAt = new LinkedHashMap<>();

        synchronized void saw(SourceNetwork source, long now, int most) {
            seenAt.remove(source);
            seenAt.put(source, now);
            if (seenAt.size() > most) {
                Iterator<SourceNetwork> oldest = seenAt.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }

        synchronized boolean has(SourceNetwork source, long since) {
            Long at = seenAt.get(source);
            return at != null && at - since > 0;
        }
    }
}

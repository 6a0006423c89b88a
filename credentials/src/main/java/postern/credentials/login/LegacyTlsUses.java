package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import postern.credentials.AppPasswordId;
import postern.credentials.LegacyTlsUse;
import postern.credentials.backlog.Backlog;

/** Writes down who logs in by an old version of TLS, as {@link LastUses} does for all, and at the same pace. */
public final class LegacyTlsUses implements AutoCloseable {

    private static final Backlog.Pace PACE = new Backlog.Pace(1_000_000, Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Backlog<AppPasswordId, LegacyTlsUse> backlog;

    private LegacyTlsUses(Backlog<AppPasswordId, LegacyTlsUse> backlog) {
        this.backlog = backlog;
    }

    public static LegacyTlsUses open(Backlog.Sink<AppPasswordId, LegacyTlsUse> store, Ticker ticker) {
        Backlog<AppPasswordId, LegacyTlsUse> backlog = new Backlog<>("legacy TLS uses", store, PACE, ticker);
        backlog.start();
        return new LegacyTlsUses(backlog);
    }

    /** Never waits. */
    public void note(AppPasswordId used, LegacyTlsUse use) {
        backlog.note(used, use);
    }

    @Override
    public void close() {
        backlog.close();
    }
}

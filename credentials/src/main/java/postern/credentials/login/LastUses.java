package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore;
import postern.credentials.LastUse;
import postern.credentials.backlog.Backlog;

/**
 * Writes down when app passwords were used: off the login path, the first use within a second, and
 * then each at most once a minute, however often its client logs in. Only those that were let in are
 * in it, so no stranger makes it grow.
 */
public final class LastUses implements AutoCloseable {

    private static final Backlog.Pace PACE = new Backlog.Pace(1_000_000, Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Backlog<AppPasswordId, LastUse> backlog;

    public LastUses(CredentialStore store, Ticker ticker) {
        this.backlog = new Backlog<>("last uses", store::used, PACE, ticker);
    }

    public static LastUses open(CredentialStore store, Ticker ticker) {
        LastUses uses = new LastUses(store, ticker);
        uses.backlog.start();
        return uses;
    }

    void note(AppPasswordId used, LastUse use) {
        backlog.note(used, use);
    }

    void write() {
        backlog.write();
    }

    @Override
    public void close() {
        backlog.close();
    }
}

package postern.credentials.administration;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import postern.credentials.ApiTokenId;
import postern.credentials.backlog.Backlog;

/** Writes down when tokens were used: off the request's path, and each at most once a minute. */
public final class TokenUses implements AutoCloseable {

    private static final Backlog.Pace PACE = new Backlog.Pace(10_000, Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Backlog<ApiTokenId, TokenUse> backlog;

    /** One that writes when it is told to. */
    public TokenUses(ApiTokenStore store, Ticker ticker) {
        this.backlog = new Backlog<>("uses of API tokens", store::used, PACE, ticker);
    }

    public static TokenUses open(ApiTokenStore store, Ticker ticker) {
        TokenUses uses = new TokenUses(store, ticker);
        uses.backlog.start();
        return uses;
    }

    /** Never waits. */
    void note(ApiTokenId used, TokenUse use) {
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

package postern.credentials.store;

import static postern.credentials.SampleLogins.ROOT;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import postern.credentials.By;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.CallerOutcome;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenLife;
import postern.credentials.administration.TokenOrder;
import postern.credentials.administration.TokenUses;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;

/** The tokens of the admin API on a store, and an owner who makes some. */
record TokenStage(SampleStore store, SqlApiTokens rows, TokenUses uses, ApiTokens tokens, MovedClock clock)
        implements AutoCloseable {

    static final Caller OWNER = Caller.of(ROOT.actor(), Role.OWNER);

    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");
    static final TokenLife LIFE = new TokenLife(Duration.ofDays(90), Duration.ofDays(365));

    static TokenStage on(Engine engine, Path folder) throws StoreUnavailableException {
        SampleStore store = SampleStore.on(engine.open(folder));
        SqlApiTokens rows = new SqlApiTokens(store.changes());
        TokenUses uses = new TokenUses(rows, Ticker.systemTicker());
        ApiTokens tokens = new ApiTokens(rows, uses, LIFE, new SecureRandom(), Ticker.systemTicker());
        store.feed().listen(tokens::heard);
        return new TokenStage(store, rows, uses, tokens, new MovedClock());
    }

    Made made(TokenOrder order) throws StoreUnavailableException {
        return (Made) tokens.issue(order, OWNER, by());
    }

    By by() {
        return new By(ROOT.actor(), Optional.empty(), clock.instant());
    }

    CallerOutcome shown(Made made) throws StoreUnavailableException {
        return shown(made, HERE);
    }

    CallerOutcome shown(Made made, InetAddress client) throws StoreUnavailableException {
        return tokens.caller(made.token().reveal(), client, clock.instant());
    }

    List<AuditEntry> entries() throws StoreUnavailableException {
        return store.trail().after(0, AuditFilter.ALL, 100);
    }

    @Override
    public void close() {
        uses.close();
        store.close();
    }
}

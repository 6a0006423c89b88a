package postern.proxy.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.OAuthSettings.Freshness;
import postern.credentials.Protocol;
import postern.proxy.token.TokenWay.Holder;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/**
 * Keeps the tokens that are still good. Of many who want another for one holder, one fetches it and all
 * get it; who gets one that will soon be too old has the next one fetched behind their back.
 */
final class TokenShelf {

    private static final Logger LOG = LoggerFactory.getLogger(TokenShelf.class);

    private final TokenWay way;
    private final Freshness wanted;
    private final Executor threads;
    private final Ticker ticker;
    private final Cache<Holder, HeldToken> tokens;

    /** As many as holders whom somebody waits for. */
    private final Map<Holder, CompletableFuture<HeldToken>> flights = new ConcurrentHashMap<>();

    /**
     * @param threads on which a fetch may wait
     * @param most tokens; then the ones unused for longest go
     */
    TokenShelf(TokenWay way, Freshness wanted, Executor threads, int most, Ticker ticker) {
        this.way = way;
        this.wanted = wanted;
        this.threads = threads;
        this.ticker = ticker;
        this.tokens = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(ticker)
                .expireAfter(Expiry.<Holder, HeldToken>writing(
                        (_, held) -> held.token().life()))
                .build();
    }

    CompletableFuture<HeldToken> of(Holder holder, Protocol protocol) {
        HeldToken held = tokens.getIfPresent(holder);
        if (held == null) {
            return fetched(holder, null);
        }
        long now = ticker.read();
        if (held.isFreshFor(protocol, wanted, now)) {
            if (held.isSoonTooOldFor(protocol, wanted, now)) {
                var _ = fetched(holder, held).whenComplete((_, failure) -> notEarly(failure));
            }
            return CompletableFuture.completedFuture(held);
        }
        return held.isBetterThanNone(now)
                ? fetched(holder, held).exceptionally(failure -> ratherThanNone(held, failure))
                : fetched(holder, held);
    }

    private static void notEarly(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.atInfo().addKeyValue("cause", failure.getMessage()).log("a token is not renewed early");
        }
    }

    /** An outage of the provider is felt only when the token ends, a lost consent at once. */
    private static HeldToken ratherThanNone(HeldToken held, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof UpstreamException known && known.failure() != UpstreamFailure.CONSENT_LOST) {
            return held;
        }
        throw new CompletionException(cause);
    }

    /** @param seen what was there when it was found too old */
    private CompletableFuture<HeldToken> fetched(Holder holder, @Nullable HeldToken seen) {
        CompletableFuture<HeldToken> mine = new CompletableFuture<>();
        CompletableFuture<HeldToken> others = flights.putIfAbsent(holder, mine);
        if (others != null) {
            return others;
        }
        HeldToken landed = tokens.getIfPresent(holder);
        if (landed != null && !landed.equals(seen)) { // since we looked
            flights.remove(holder, mine);
            mine.complete(landed);
            return mine;
        }
        threads.execute(() -> fetch(holder, mine));
        return mine;
    }

    private void fetch(Holder holder, CompletableFuture<HeldToken> mine) {
        try {
            HeldToken got = way.fetch(holder);
            land(holder, mine, got);
            mine.complete(got);
        } catch (UpstreamException | RuntimeException | Error e) {
            if (e instanceof UpstreamException known && known.failure() == UpstreamFailure.CONSENT_LOST) {
                tokens.invalidate(holder);
            }
            flights.remove(holder, mine);
            mine.completeExceptionally(e);
        }
    }

    /** Whoever finds no flight any more finds the token; and what was forgotten meanwhile stays so. */
    @SuppressWarnings("ReferenceEquality") // this flight, and no other that has landed alike
    private void land(Holder holder, CompletableFuture<HeldToken> mine, HeldToken got) {
        synchronized (tokens) {
            if (mine == flights.get(holder)) {
                tokens.put(holder, got);
            }
        }
        flights.remove(holder, mine);
    }

    /** What there is, and what is being fetched, is for nobody who asks from now on. */
    void forget(Holder holder) {
        synchronized (tokens) {
            flights.remove(holder);
            tokens.invalidate(holder);
        }
    }

    void forgetAll() {
        synchronized (tokens) {
            flights.clear();
            tokens.invalidateAll();
        }
    }
}

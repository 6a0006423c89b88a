package postern.proxy.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import postern.config.UpstreamSettings;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.ProviderWords;
import postern.credentials.provider.TokenAnswer;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;
import postern.proxy.token.TokenObserver.Kind;
import postern.proxy.token.TokenObserver.Outcome;
import postern.proxy.token.TokenWay.Holder;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** A provider, asked with care: counted, and left alone when it does not answer. */
final class TokenEndpoint {

    /** A failure or two may be of one mailbox; so many in a row are not. */
    private static final int BORNE_OF_ALL = 2;

    private static final int MOST_REMEMBERED = 10_000;

    private final UpstreamSettings upstream;
    private final ProviderClient client;
    private final Kind kind;
    private final TokenObserver observer;
    private final Ticker ticker;
    private final BackOff ofAll;
    private final Cache<Holder, BackOff> ofOne;

    TokenEndpoint(UpstreamSettings upstream, ProviderClient client, Kind kind, TokenObserver observer, Ticker ticker) {
        this.upstream = upstream;
        this.client = client;
        this.kind = kind;
        this.observer = observer;
        this.ticker = ticker;
        this.ofAll = new BackOff(BORNE_OF_ALL, ticker);
        this.ofOne = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(Duration.ofHours(1))
                .ticker(ticker)
                .build();
    }

    /**
     * Waits for an answer.
     *
     * @throws UpstreamException when it is not to be asked now
     */
    TokenAnswer ask(Holder holder, Function<ProviderClient, TokenAnswer> request) throws UpstreamException {
        BackOff ofThis = ofOne.get(holder, _ -> new BackOff(0, ticker));
        Optional<Duration> pause = ofThis.pause();
        pause = pause.isPresent() ? pause : ofAll.pause();
        if (pause.isPresent()) {
            throw failure(
                    UpstreamFailure.NO_TOKEN,
                    holder,
                    "it failed lately, and is asked again in " + pause.get().toMillis() + " ms",
                    "what was logged before");
        }
        long start = ticker.read();
        TokenAnswer answer = request.apply(client);
        observer.requested(kind, outcome(answer), Duration.ofNanos(ticker.read() - start));
        switch (answer) {
            case Given _, Refused _ -> {
                ofAll.worked();
                ofOne.invalidate(holder);
            }
            case Later(var after, var _, var _) -> {
                ofThis.failed(Optional.empty());
                ofAll.failed(after);
            }
            case Misconfigured _ -> {
                ofThis.failed(Optional.empty());
                if (kind != Kind.SERVICE_ACCOUNT) { // where it may mean that there is no such mailbox
                    ofAll.failed(Optional.empty());
                }
            }
        }
        return answer;
    }

    private static Outcome outcome(TokenAnswer answer) {
        return switch (answer) {
            case Given _ -> Outcome.GIVEN;
            case Refused _ -> Outcome.REFUSED;
            case Later _ -> Outcome.LATER;
            case Misconfigured _ -> Outcome.MISCONFIGURED;
        };
    }

    /** What it comes to that there was no token, and no fault of a consent. */
    UpstreamException failure(Later later, Holder holder) {
        return failure(later.answered() ? UpstreamFailure.NO_TOKEN : UpstreamFailure.UNREACHABLE, holder, later.why());
    }

    UpstreamException failure(UpstreamFailure failure, Holder holder, ProviderWords why) {
        return failure(failure, holder, why.toString(), why.cure());
    }

    UpstreamException failure(UpstreamFailure failure, Holder holder, String seen, String lookAt) {
        String whose = switch (holder) {
            case Holder.Mailbox(var name) -> name.toString();
            case Holder.Ourselves _ -> "all mailboxes";
        };
        return new UpstreamException(
                failure, "upstream " + upstream.name(), "getting an access token for " + whose, seen, lookAt);
    }

    long now() {
        return ticker.read();
    }
}

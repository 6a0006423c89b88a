package postern.proxy.token;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import postern.config.OAuthSettings;
import postern.config.UpstreamSettings;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AliasAdded;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.ApiTokenChanged;
import postern.credentials.Change.GrantChanged;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.grant.GrantVault;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.ServiceAccount;
import postern.proxy.token.TokenObserver.Kind;
import postern.proxy.token.TokenWay.Holder;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.ProofSource;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;

/** Access tokens for one upstream. */
public final class TokenSource implements ProofSource {

    private static final int MOST_TOKENS = 100_000;

    private final UpstreamSettings upstream;
    private final Mechanism mechanism;
    private final TokenWay way;
    private final TokenShelf shelf;

    /** What all sources share. */
    public record Surroundings(TokenObserver observer, Executor threads, InstantSource clock, Ticker ticker) {}

    private TokenSource(UpstreamSettings upstream, OAuthSettings settings, TokenWay way, Surroundings around) {
        this.upstream = upstream;
        this.mechanism = switch (settings.mechanism()) {
            case XOAUTH2 -> Mechanism.XOAUTH2;
            case OAUTHBEARER -> Mechanism.OAUTHBEARER;
        };
        this.way = way;
        this.shelf = new TokenShelf(way, settings.freshness(), around.threads(), MOST_TOKENS, around.ticker());
    }

    /**
     * By the consents in the vault.
     *
     * @param shared mailboxes, each with the one whose consent opens it
     */
    public static TokenSource byConsent(
            UpstreamSettings upstream,
            OAuthSettings settings,
            ProviderClient client,
            GrantVault vault,
            Map<LoginName, LoginName> shared,
            Surroundings around) {
        ConsentedToken.Terms terms = new ConsentedToken.Terms(
                upstream.name(),
                Purposes.of(upstream),
                settings.consentLasts(),
                settings.timeout().multipliedBy(2));
        return new TokenSource(
                upstream,
                settings,
                new ConsentedToken(
                        endpoint(upstream, client, Kind.REFRESH, around),
                        vault,
                        terms,
                        shared,
                        around.clock(),
                        Thread::sleep),
                around);
    }

    /** As ourselves. */
    public static TokenSource asOurselves(
            UpstreamSettings upstream, OAuthSettings settings, ProviderClient client, Surroundings around) {
        TokenEndpoint endpoint = endpoint(upstream, client, Kind.CLIENT_CREDENTIALS, around);
        return new TokenSource(upstream, settings, new OwnToken.AsOurselves(endpoint), around);
    }

    /** By an account that may speak for everybody. */
    public static TokenSource inTheirName(
            UpstreamSettings upstream,
            OAuthSettings settings,
            ProviderClient client,
            ServiceAccount account,
            Surroundings around) {
        TokenEndpoint endpoint = endpoint(upstream, client, Kind.SERVICE_ACCOUNT, around);
        return new TokenSource(upstream, settings, new OwnToken.InTheirName(endpoint, account), around);
    }

    private static TokenEndpoint endpoint(
            UpstreamSettings upstream, ProviderClient client, Kind kind, Surroundings around) {
        return new TokenEndpoint(upstream, client, kind, around.observer(), around.ticker());
    }

    /** A flight goes on when nobody waits for it any more: it may hold a refresh token that is not kept yet. */
    @Override
    public CompletionStage<UpstreamProof> of(Errand errand, Protocol protocol) {
        Duration patience = upstream.dialing().loginTimeout();
        return shelf.of(way.holderOf(errand.mailbox()), protocol)
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .<UpstreamProof>thenApply(held -> new Bearer(
                        mechanism,
                        user(errand.mailbox(), protocol),
                        held.token().text()))
                .exceptionallyCompose(failure -> failed(failure, errand, patience));
    }

    private CompletionStage<UpstreamProof> failed(Throwable failure, Errand errand, Duration patience) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return CompletableFuture.failedFuture(cause instanceof TimeoutException ? tooLate(errand, patience) : cause);
    }

    private UpstreamException tooLate(Errand errand, Duration patience) {
        return new UpstreamException(
                UpstreamFailure.NO_TOKEN,
                "upstream " + upstream.name(),
                "getting an access token for " + errand.mailbox(),
                "none within " + patience.toMillis() + " ms",
                "what is logged beside it");
    }

    /** A shared mailbox is read in its own name, and sent for in that of who shares it. */
    private String user(LoginName mailbox, Protocol protocol) {
        return switch (protocol) {
            case IMAP, POP3, ACTIVESYNC, DAV -> mailbox.value();
            case SMTP -> way.senderFor(mailbox).value();
        };
    }

    /** Hears from the change feed. */
    public void heard(Change change) {
        switch (change) {
            case GrantChanged(LoginName owner) -> shelf.forget(new Holder.Mailbox(owner));
            case AccountChanged(LoginName name) -> shelf.forget(new Holder.Mailbox(name));
            case Missed _ -> shelf.forgetAll();
            case AccountAdded _,
                    AliasAdded _,
                    Issued _,
                    Revised _,
                    Revoked _,
                    AllRevoked _,
                    PolicyChanged _,
                    HoldsBegan _,
                    HoldCleared _,
                    ApiTokenChanged _,
                    SessionsEnded _ -> {}
        }
    }
}

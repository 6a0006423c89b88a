package postern.proxy.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantSecret;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.GrantUnreadableException;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.OpenGrant;
import postern.credentials.grant.Purpose;
import postern.credentials.grant.Turn;
import postern.credentials.provider.ProviderWords;
import postern.credentials.provider.TokenAnswer;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/**
 * Tokens by the consent that the owner of a mailbox once gave, which lies in the vault. One refreshes at
 * a time, of all nodes; a rotated refresh token is kept before the access token beside it is used.
 */
final class ConsentedToken implements TokenWay {

    private static final Logger LOG = LoggerFactory.getLogger(ConsentedToken.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** For who waits on a thread of its own. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final TokenEndpoint endpoint;
    private final GrantVault vault;
    private final Terms terms;
    private final Map<LoginName, LoginName> shared;
    private final InstantSource clock;
    private final Pause pause;

    /**
     * What is asked of a grant.
     *
     * @param lasts when nobody uses it and the provider says nothing else; empty when nobody can say
     * @param patience for another who refreshes it
     */
    record Terms(String upstream, Purpose purpose, Optional<Duration> lasts, Duration patience) {}

    /** @param shared mailboxes, each with the one whose consent opens it */
    ConsentedToken(
            TokenEndpoint endpoint,
            GrantVault vault,
            Terms terms,
            Map<LoginName, LoginName> shared,
            InstantSource clock,
            Pause pause) {
        this.endpoint = endpoint;
        this.vault = vault;
        this.terms = terms;
        this.shared = Map.copyOf(shared);
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Holder holderOf(LoginName mailbox) {
        return new Holder.Mailbox(senderFor(mailbox));
    }

    @Override
    public LoginName senderFor(LoginName mailbox) {
        return shared.getOrDefault(mailbox, mailbox);
    }

    @Override
    public HeldToken fetch(Holder holder) throws UpstreamException {
        LoginName owner = switch (holder) {
            case Holder.Mailbox(LoginName name) -> name;
            case Holder.Ourselves _ -> throw new IllegalArgumentException("nobody's consent (expected: a mailbox's)");
        };
        try {
            while (true) {
                try (OpenGrant open = turn(owner, holder)) {
                    Optional<HeldToken> got = refreshed(open, holder);
                    if (got.isPresent()) {
                        return got.get();
                    } // the owner has given another consent in the meantime: that one, then
                }
            }
        } catch (StoreUnavailableException e) {
            throw endpoint.failure(UpstreamFailure.NO_TOKEN, holder, "the store is away: " + e.getMessage(), "store");
        } catch (GrantUnreadableException e) {
            throw endpoint.failure(UpstreamFailure.NO_TOKEN, holder, String.valueOf(e.getMessage()), "keys.vault-file");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw endpoint.failure(UpstreamFailure.NO_TOKEN, holder, "the server is stopping", "nothing");
        }
    }

    private OpenGrant turn(LoginName owner, Holder holder)
            throws StoreUnavailableException, GrantUnreadableException, InterruptedException, UpstreamException {
        long start = endpoint.now();
        while (true) {
            switch (vault.takeTurn(owner, terms.upstream())) {
                case Turn.Yours(OpenGrant open) -> {
                    return open;
                }
                case Turn.NothingToOpen _ -> throw lost(holder, nothing(owner), "the owner gives their consent");
                case Turn.Taken _ -> {
                    if (endpoint.now() - start > terms.patience().toNanos()) {
                        throw endpoint.failure(
                                UpstreamFailure.NO_TOKEN,
                                holder,
                                "another node has been refreshing it for too long",
                                "the other nodes' logs");
                    }
                    pause.of(BETWEEN_LOOKS);
                }
            }
        }
    }

    private String nothing(LoginName owner) throws StoreUnavailableException {
        return vault.find(owner, terms.upstream()).isPresent()
                ? "the consent was revoked here"
                : "there is no consent of " + owner;
    }

    /** Empty when another consent has taken its place. */
    private Optional<HeldToken> refreshed(OpenGrant open, Holder holder)
            throws StoreUnavailableException, UpstreamException, InterruptedException {
        Optional<String> objection = objection(open.grant());
        if (objection.isPresent()) {
            vault.release(open);
            throw lost(holder, objection.get(), "the owner gives their consent again");
        }
        long asked = endpoint.now();
        return switch (ask(open, holder)) {
            case Given(var token, var rotated, var lasts, var _) ->
                keep(open, rotated, lasts.or(terms::lasts))
                        ? Optional.of(new HeldToken(token, asked))
                        : Optional.empty();
            case Refused(ProviderWords why) -> {
                if (!vault.refused(open, why.code(), why.words())) {
                    yield Optional.empty();
                }
                LOG.atWarn()
                        .addKeyValue("login_name", open.grant().owner())
                        .addKeyValue("cause", why)
                        .log("a consent is lost");
                throw endpoint.failure(UpstreamFailure.CONSENT_LOST, holder, why);
            }
            case Later later -> {
                tell(open, later.why());
                throw endpoint.failure(later, holder);
            }
            case Misconfigured(ProviderWords why) -> {
                tell(open, why);
                throw endpoint.failure(UpstreamFailure.NO_TOKEN, holder, why);
            }
        };
    }

    private TokenAnswer ask(OpenGrant open, Holder holder) throws UpstreamException, StoreUnavailableException {
        try {
            return endpoint.ask(holder, client -> client.refresh(open.secret()));
        } catch (UpstreamException paused) {
            vault.release(open);
            throw paused;
        }
    }

    /** Why it is not even tried. */
    private Optional<String> objection(Grant grant) {
        if (grant.kind() != GrantKind.REFRESH_TOKEN) {
            return Optional.of("what was given is no refresh token");
        }
        if (!grant.givenFor().equals(terms.purpose())) {
            return Optional.of("it was given for " + grant.givenFor() + ", and this is " + terms.purpose());
        }
        return grant.state() == GrantState.NEEDS_CONSENT
                ? Optional.of(grant.trouble()
                        .map(why -> why.code() + ": " + why.words())
                        .orElse("refused before"))
                : Optional.empty();
    }

    /**
     * Until it is kept, however long the store is away: the provider may forget the old one as soon as
     * it sees the new one, which nobody has but us.
     *
     * @param lasts from now on; empty when nobody can say
     */
    private boolean keep(OpenGrant open, Optional<GrantSecret> rotated, Optional<Duration> lasts)
            throws InterruptedException {
        Duration next = BETWEEN_LOOKS;
        while (true) {
            try {
                boolean kept = vault.renewed(open, rotated, lasts.map(clock.instant()::plus));
                rotated.ifPresent(GrantSecret::close);
                return kept;
            } catch (StoreUnavailableException e) {
                LOG.atWarn()
                        .addKeyValue("login_name", open.grant().owner())
                        .addKeyValue("cause", e.getMessage())
                        .log("a refresh token is not kept yet; trying again");
            }
            pause.of(next);
            next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void tell(OpenGrant open, ProviderWords why) throws StoreUnavailableException {
        boolean _ = vault.failed(open, why.code(), why.words()); // another consent is none of its business
    }

    private UpstreamException lost(Holder holder, String seen, String lookAt) {
        return endpoint.failure(UpstreamFailure.CONSENT_LOST, holder, seen, lookAt);
    }
}

package postern.credentials.consent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.ConsentOutcome.Kept;
import postern.credentials.consent.ConsentOutcome.NotKept;
import postern.credentials.consent.ConsentOutcome.Reason;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantSecret;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.NewGrant;
import postern.credentials.provider.ProviderWords;
import postern.credentials.provider.SignedIn;
import postern.credentials.provider.TokenAnswer;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;

/**
 * Keeps a consent, if it is the one that was asked for. A token of another mailbox would be a stranger's way
 * into it for whoever logs in as this one, or at the least a login that the provider refuses for good.
 */
final class ConsentKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ConsentKeeper.class);

    private final ConsentStore store;
    private final GrantVault vault;
    private final InstantSource clock;

    ConsentKeeper(ConsentStore store, GrantVault vault, InstantSource clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * @param answer to the request for a token
     * @param nonce that was asked with; empty when there was none
     */
    ConsentOutcome keep(ConsentUpstream at, LoginName owner, TokenAnswer answer, Optional<String> nonce, By by)
            throws StoreUnavailableException {
        return switch (answer) {
            case Refused(ProviderWords why) -> notKept(at, owner, Reason.DECLINED, why, by);
            case Misconfigured(ProviderWords why) -> notKept(at, owner, Reason.DECLINED, why, by);
            case Later later -> notKept(at, owner, Reason.NO_ANSWER, later.why(), by);
            case Given given ->
                switch (at.client().whoSignedIn(given.idToken(), nonce)) {
                    case SignedIn.Unproven(ProviderWords why) -> notKept(at, owner, Reason.UNPROVEN, why, by);
                    case SignedIn.As(Set<LoginName> names)
                    when at.isGivenBy(names, owner) -> kept(at, owner, given, by);
                    case SignedIn.As(Set<LoginName> names) ->
                        notKept(at, owner, Reason.WRONG_MAILBOX, wrong(at, owner, names), by);
                };
        };
    }

    private ConsentOutcome kept(ConsentUpstream at, LoginName owner, Given given, By by)
            throws StoreUnavailableException {
        if (given.refreshToken().isEmpty()) {
            return notKept(at, owner, Reason.DOES_NOT_LAST, doesNotLast(), by);
        }
        Optional<Duration> lasts = given.lasts().or(at::lasts);
        Instant now = clock.instant();
        NewGrant grant = new NewGrant(owner, at.name(), at.purpose(), GrantKind.REFRESH_TOKEN, lasts.map(now::plus));
        try (GrantSecret secret = given.refreshToken().get()) {
            Grant kept = vault.put(grant, secret, by);
            LOG.atInfo()
                    .addKeyValue("login_name", owner)
                    .addKeyValue("upstream", at.name())
                    .log("a consent is given");
            return new Kept(kept);
        }
    }

    ConsentOutcome notKept(ConsentUpstream at, LoginName owner, Reason reason, ProviderWords why, By by)
            throws StoreUnavailableException {
        LOG.atWarn()
                .addKeyValue("login_name", owner)
                .addKeyValue("upstream", at.name())
                .addKeyValue("reason", reason)
                .addKeyValue("cause", why)
                .log("a consent is not taken");
        store.refused(owner, at.name(), reason.toString(), by);
        return new NotKept(reason, why);
    }

    private static ProviderWords wrong(ConsentUpstream at, LoginName owner, Set<LoginName> names) {
        String seen = names.stream().map(LoginName::toString).sorted().collect(Collectors.joining(", "));
        return new ProviderWords(
                Reason.WRONG_MAILBOX.toString(),
                "",
                "it is the consent of " + seen + ", and that of " + at.signInNameOf(owner) + " was asked for",
                "sign out at the provider, and begin again as " + at.signInNameOf(owner)
                        + "; who signs in by another name has to be listed in sign-in-names, a mailbox of others in"
                        + " shared-mailboxes");
    }

    private static ProviderWords doesNotLast() {
        return new ProviderWords(
                Reason.DOES_NOT_LAST.toString(),
                "",
                "the provider gives a token for an hour, and none to get the next one with",
                "Microsoft 365: offline_access in scopes; Google: access_type = offline and prompt = consent in"
                        + " authorization-parameters");
    }
}

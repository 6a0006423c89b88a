package postern.credentials.provider;

import java.time.Duration;
import java.util.Optional;
import postern.credentials.grant.GrantSecret;

/** What a provider said to a request for a token, and whose turn it is to do something about it. */
public sealed interface TokenAnswer {

    /**
     * Here it is.
     *
     * @param refreshToken what buys the next one, in place of what was sent; empty when that stays
     * @param lasts for how long that can be used, as the provider says; empty when it says nothing of it
     * @param idToken who has signed in for it; empty when nobody has, or nobody asked
     */
    record Given(
            AccessToken token, Optional<GrantSecret> refreshToken, Optional<Duration> lasts, Optional<IdToken> idToken)
            implements TokenAnswer {}

    /** The consent is worth nothing any more. Its owner has to give another: asking again is useless. */
    record Refused(ProviderWords why) implements TokenAnswer {}

    /**
     * Not now, and nobody's fault who has an account here.
     *
     * @param after so long it wants to be left alone
     * @param answered false when nothing came that could be understood
     */
    record Later(Optional<Duration> after, boolean answered, ProviderWords why) implements TokenAnswer {}

    /** It does not take us, whoever's mailbox it is: the operator, or the provider's administrator, has to mend it. */
    record Misconfigured(ProviderWords why) implements TokenAnswer {}
}

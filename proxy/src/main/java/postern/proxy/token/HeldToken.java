package postern.proxy.token;

import java.time.Duration;
import postern.config.OAuthSettings.Freshness;
import postern.credentials.Protocol;
import postern.credentials.provider.AccessToken;

/**
 * A token, and since when it is one.
 *
 * @param askedAt of the ticker, before it was asked for, so that it is never believed to live longer than it does
 */
record HeldToken(AccessToken token, long askedAt) {

    private static final Duration LAST = Duration.ofSeconds(30);

    Duration left(long now) {
        return token.life().minusNanos(now - askedAt);
    }

    /** Whether it has as much life left as this protocol wants. */
    boolean isFreshFor(Protocol protocol, Freshness wanted, long now) {
        return left(now).compareTo(needed(protocol, wanted)) >= 0;
    }

    /** Whether it soon has not. */
    boolean isSoonTooOldFor(Protocol protocol, Freshness wanted, long now) {
        Duration early = shorter(wanted.early(), token.life().dividedBy(8));
        return left(now).compareTo(needed(protocol, wanted).plus(early)) < 0;
    }

    /** Whether it still opens something, when there is no better one to be had. */
    boolean isBetterThanNone(long now) {
        return left(now).compareTo(shorter(LAST, token.life().dividedBy(4))) > 0;
    }

    /** A short-lived one would never have enough: then most of what it had is enough. */
    private Duration needed(Protocol protocol, Freshness wanted) {
        Duration configured = switch (protocol) {
            case IMAP, POP3 -> wanted.reading();
            case SMTP, ACTIVESYNC, DAV -> wanted.sending();
        };
        return shorter(configured, token.life().multipliedBy(3).dividedBy(4));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

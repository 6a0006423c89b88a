package postern.proxy.upstream;

import java.util.Locale;

/**
 * Every way an upstream login goes wrong. What the client hears is each protocol's own; none of them
 * is the fault of its password, so none may sound like it.
 */
public enum UpstreamFailure {
    /** No route leads from this person to an upstream. */
    NO_ROUTE,
    /** Nobody answered in time, or the connection broke. */
    UNREACHABLE,
    /** TLS or its certificate did not check out. */
    UNTRUSTED,
    /** What answered there is one of our own doors, or the way there leads in a circle. */
    LOOPS,
    /** It spoke, but not as the protocol says. */
    CONFUSED,
    /** We have a way to come by an access token, and it gave none this time. */
    NO_TOKEN,
    /** Nobody has let us into that mailbox, or the provider takes their consent no more: they have to give it again. */
    CONSENT_LOST,
    /** It knows us and said no. */
    REFUSED,
    /** It took our proof, and has no mailbox for it: no licence, the protocol is off, or another mailbox is meant. */
    NOT_CONNECTED,
    /** Sending by login is off there for this mailbox, or for all. */
    SUBMISSION_DISABLED,
    /** It told us to slow down. */
    THROTTLED,
    /** It would let us in at another time: somebody has the mailbox to themselves, or too many have come. */
    BUSY;

    /** As metrics and log write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

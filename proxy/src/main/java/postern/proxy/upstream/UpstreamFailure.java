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
    /** It spoke, but not as the protocol says. */
    CONFUSED,
    /** It knows us and said no. */
    REFUSED,
    /** It would let us in at another time: somebody has the mailbox to themselves, or too many have come. */
    BUSY;

    /** As metrics and log write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package postern.proxy.conversation;

import postern.credentials.LoginOutcome.Denied.Reason;
import postern.proxy.upstream.UpstreamFailure;

/**
 * All that a client can hear of a login that led nowhere; each protocol has its words and codes for
 * it. Why a secret was wrong is not among them, nor anything about the upstream.
 */
public enum Refusal {
    /** The one answer to whoever has not proved a secret, whatever the reason, slowed or not. */
    WRONG,
    /** For who has proved it. */
    EXPIRED,
    /** We do not know, and say so. */
    LATER,
    NOT_AS_ANOTHER,
    NOT_WITHOUT_TLS,
    /** Somebody has to mend something before this mailbox opens. */
    ASK_SOMEBODY,
    /** Its owner has to let us in again. */
    CONNECT_AGAIN,
    /** The person has as many sessions as they may, or there are as many from where they are. */
    FULL,
    /** The mail server has asked to be left alone for a while. */
    PAUSE,
    /** The mailbox has as many clients as it can bear. */
    BUSY,
    NOT_REACHABLE;

    /** Behind an answer that is nobody's fault who hears it. */
    public static final String COME_AGAIN = "Come again";

    public static Refusal of(Reason reason) {
        return reason == Reason.EXPIRED ? EXPIRED : WRONG;
    }

    public static Refusal of(UpstreamFailure failure) {
        return switch (failure) {
            case REFUSED, NO_ROUTE, NOT_CONNECTED, SUBMISSION_DISABLED -> ASK_SOMEBODY;
            case CONSENT_LOST -> CONNECT_AGAIN;
            case BUSY -> BUSY;
            case THROTTLED -> PAUSE;
            case UNREACHABLE, UNTRUSTED, LOOPS, CONFUSED, NO_TOKEN -> NOT_REACHABLE;
        };
    }
}

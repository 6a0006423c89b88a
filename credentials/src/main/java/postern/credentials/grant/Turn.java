package postern.credentials.grant;

import java.time.Instant;

/** Who may refresh a grant now. One at a time, of all nodes. */
public sealed interface Turn {

    /** You, until you tell how it went, or until the lease has run out. */
    record Yours(OpenGrant open) implements Turn {}

    /** Somebody else, until then at the latest. What he will have got is open to you afterwards. */
    record Taken(Instant until) implements Turn {}

    /** Nobody: it was never given, or it was revoked. */
    record NothingToOpen() implements Turn {}
}

package postern.credentials.grant;

import java.time.Instant;
import java.util.List;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;

/**
 * Which grants end soon, because nobody uses them or because the provider gives no longer ones. One that
 * is used before lasts on, as far as the provider says so. Calls may block.
 */
public interface GrantEnds {

    /** How many of those that may still work end before then, or have ended meanwhile. */
    int endingBefore(Instant then) throws StoreUnavailableException;

    /**
     * Those of them that nobody was told of yet, some at a time. Each is handed out once, to one node, and
     * once more when it lasted on and ends soon again. That it was is kept, and is an event, before this
     * returns: who gets one tells of it.
     */
    List<Grant> toTellOf(Instant then, By by) throws StoreUnavailableException;
}

package postern.credentials.setup;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.SealedSecret;

/**
 * Where links wait, so that whichever node is asked knows them. One goes with its app password, and with
 * the account. Calls may block; callers are never on an event loop.
 */
public interface SetupLinkStore {

    /** A link and what is sealed for it. */
    record Kept(SetupLink link, SealedSecret sealed) {}

    /**
     * Keeps it.
     *
     * @param most of one owner; for one more, the one that ends first has to go
     * @return false, and nothing is kept, when the app password is revoked, or the account gone
     */
    boolean put(Kept kept, int most, By by) throws StoreUnavailableException;

    /** For who comes with the link: the first of them, and nobody after. Nor when its app password was revoked. */
    Optional<Kept> take(String tokenHash, Instant now) throws StoreUnavailableException;

    /**
     * Those that nobody came with.
     *
     * @return how many
     */
    int forgetOver(Instant now) throws StoreUnavailableException;
}

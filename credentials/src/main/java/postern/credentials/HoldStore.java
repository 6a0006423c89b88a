package postern.credentials;

import java.time.Instant;
import java.util.List;

/**
 * Where nodes tell each other who is on hold, and themselves after a restart. One row for each hold,
 * never one for a guess. What {@link CredentialStore} says of absence, failure, durability and threads
 * holds here too.
 */
public interface HoldStore {

    /** Writes them down, and tells all nodes. Of two for the same the longer stays. */
    void began(List<SharedHold> holds) throws StoreUnavailableException;

    /** Those that last longer than this moment. */
    List<SharedHold> lasting(Instant now) throws StoreUnavailableException;

    /**
     * Ends what is held against this name, or against this network, and tells all nodes: also when there
     * is nothing of it here, since a node may know of one that was never written. Whoever listens to
     * changes on this node has heard of it before this returns.
     *
     * @return whether there was a row
     */
    boolean clear(Held held, By by) throws StoreUnavailableException;

    /** Deletes those that are over; says how many. */
    int forgetOver(Instant now) throws StoreUnavailableException;
}

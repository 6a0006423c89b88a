package postern.credentials;

import java.time.Instant;
import java.util.Map;

/**
 * Where it is kept from where accounts have logged in, for all nodes and the next start. What {@link
 * CredentialStore} says of absence, failure, durability and threads holds here too.
 */
public interface FamiliarSourceStore {

    /** Each of this account's, with when it was last seen to log in from there: not to the minute. */
    Map<SourceNetwork, Instant> of(LoginName account) throws StoreUnavailableException;

    /**
     * Writes down that they were seen, and of each of these accounts forgets all but the latest. No
     * listener hears of it.
     *
     * @param most of one account
     */
    void seen(Map<FamiliarSource, Instant> sources, int most) throws StoreUnavailableException;

    /**
     * Makes everywhere a strange place for this account again, on all nodes; says how many there were.
     * Whoever listens to changes on this node has heard of it before this returns.
     */
    int clear(LoginName account, By by) throws StoreUnavailableException;

    /** Forgets those that were last seen before then; says how many. */
    int forgetSeenBefore(Instant then) throws StoreUnavailableException;
}

package postern.credentials;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where people and their app passwords live.
 *
 * <p>Absence is a value, failure is an exception, and the two never meet: an unknown owner has no
 * app passwords, a store that cannot answer throws. What has returned is durable and seen by every
 * later call, on every node. Calls may block, for five seconds
 * at most; callers are never on an event loop. Safe for use by many threads.
 */
public interface CredentialStore {

    /** False, and nothing changes, when there is a person of this name. */
    boolean add(Person person) throws StoreUnavailableException;

    Optional<Person> person(LoginName name) throws StoreUnavailableException;

    /** What came of adding an app password; only {@code ADDED} changed anything. */
    enum Addition {
        ADDED,
        NO_SUCH_PERSON,
        LIMIT_REACHED,
        /** The owner has one with this tag: draw another secret. */
        TAG_TAKEN
    }

    /**
     * Adds it unless its owner has {@code limit} already; exact, however many ask at once. One that
     * has expired by the new one's {@code createdAt} does not count.
     */
    Addition add(AppPassword appPassword, int limit) throws StoreUnavailableException;

    /** The one app password of this owner with this tag, expired or not; never a revoked one. */
    Optional<AppPassword> find(LoginName owner, LookupTag tag) throws StoreUnavailableException;

    /** All app passwords of this owner that are not revoked, oldest first. */
    List<AppPassword> of(LoginName owner) throws StoreUnavailableException;

    /**
     * Revokes the owner's own app password; false when this owner has none of that id. Whoever
     * listens to changes on this node has heard of it before this returns, those on other nodes
     * hear of it at once.
     *
     * @throws StoreUnavailableException also when it is revoked and the listeners have not heard of
     *     it in time: they will
     */
    boolean revoke(LoginName owner, AppPasswordId id, Instant at) throws StoreUnavailableException;

    /** The mark of the key of this name that the store was first used with. */
    Optional<String> keyMark(String keyName) throws StoreUnavailableException;

    /** Keeps the mark if there is none yet; whoever comes first, on whichever node. Returns the one that is kept. */
    String keepKeyMark(String keyName, String mark) throws StoreUnavailableException;
}

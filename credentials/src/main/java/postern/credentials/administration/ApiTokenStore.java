package postern.credentials.administration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postern.credentials.ApiTokenId;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;

/**
 * Where tokens are known by their SHA-256. None is ever forgotten: they are few, and whose a token was that somebody finds is asked
 * years later. Calls may block; callers are never on an event loop.
 */
public interface ApiTokenStore {

    Optional<ApiTokenRecord> find(String sha256) throws StoreUnavailableException;

    Optional<ApiTokenRecord> get(ApiTokenId id) throws StoreUnavailableException;

    /** By their ids, so many at most. */
    List<ApiTokenRecord> after(Optional<ApiTokenId> last, int limit) throws StoreUnavailableException;

    /** Whether there ever was one with all that an owner may. */
    boolean hadOwner() throws StoreUnavailableException;

    void add(ApiTokenRecord made, String sha256, By by) throws StoreUnavailableException;

    /**
     * Puts another in the place of one.
     *
     * @param before as it is from now on: rotated, and so it ends sooner
     * @return false, and nothing was changed, when it was revoked or rotated meanwhile
     */
    boolean rotate(ApiTokenRecord before, ApiTokenRecord next, String sha256, By by) throws StoreUnavailableException;

    /** Why one is taken back. */
    enum Revocation {
        ASKED,
        /** Somebody has found it where it should not be. */
        LEAKED
    }

    /**
     * Whoever listens to changes on this node has heard of it before this returns.
     *
     * @return false when there is none of this id that was not revoked
     */
    boolean revoke(ApiTokenId id, Revocation why, By by) throws StoreUnavailableException;

    /** Of two nodes' reports the later use stays. */
    void used(Map<ApiTokenId, TokenUse> uses) throws StoreUnavailableException;

    /**
     * From where they were used before then.
     *
     * @return of how many
     */
    int forgetClients(Instant before) throws StoreUnavailableException;
}

package postern.credentials;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where app passwords live, and what a login reads.
 *
 * <p>Absence is a value, failure is an exception, and the two never meet: an unknown owner has no
 * app passwords, a store that cannot answer throws. What has returned is durable and seen by every
 * later call, on every node. Calls may block, for five seconds
 * at most; callers are never on an event loop. Safe for use by many threads.
 *
 * <p>Whoever listens to changes on this node has heard of a revision or a revocation before the call
 * returns, those on other nodes hear of it at once. Such a call also throws when the change is made
 * and the listeners have not heard of it in time: they will.
 */
public interface CredentialStore {

    /**
     * Names that lead to accounts, in their order.
     *
     * @param after the last of the page before, or nothing
     */
    List<LoginName> names(String after, int limit) throws StoreUnavailableException;

    /** The login name of the account that this name leads to. */
    Optional<LoginName> canonical(LoginName typed) throws StoreUnavailableException;

    /**
     * What a login needs to know.
     *
     * @param configuration the policy's lowest layer
     */
    Optional<AccountSnapshot> snapshot(LoginName loginName, Policy configuration) throws StoreUnavailableException;

    /** What came of adding an app password; only {@code ADDED} changed anything. */
    enum Addition {
        ADDED,
        NO_SUCH_ACCOUNT,
        LIMIT_REACHED,
        /** The owner has one with this tag, or had one that is remembered: draw another secret. */
        TAG_TAKEN,
        /** It was imported before, and may have been revoked since. */
        IMPORTED_BEFORE
    }

    /**
     * Adds it unless its owner has {@code limit} already; exact, however many ask at once. One that
     * has expired by the new one's {@code createdAt} does not count.
     */
    Addition add(AppPassword appPassword, int limit, By by) throws StoreUnavailableException;

    /** Whose it is, if it is not revoked. */
    Optional<LoginName> ownerOf(AppPasswordId id) throws StoreUnavailableException;

    /** All app passwords of this owner that are not revoked, oldest first. */
    List<AppPassword> of(LoginName owner) throws StoreUnavailableException;

    /**
     * Those of all owners whose secret was made elsewhere and not shown here since, by external id.
     *
     * @param after the external id that the last page ended with, or nothing
     */
    List<AppPassword> imported(String after, int limit) throws StoreUnavailableException;

    /** Of all owners, those that are not revoked. */
    Imports countImported() throws StoreUnavailableException;

    /**
     * Changes all of an app password but its id, owner and making.
     *
     * @return it as it is now; empty when this owner has none of that id
     */
    Optional<AppPassword> revise(LoginName owner, AppPasswordId id, UnaryOperator<AppPassword> change, By by)
            throws StoreUnavailableException;

    /** Revokes the owner's own app password; false when this owner has none of that id. */
    boolean revoke(LoginName owner, AppPasswordId id, By by) throws StoreUnavailableException;

    /** Revokes all that this owner has, and says how many they were. */
    int revokeAll(LoginName owner, By by) throws StoreUnavailableException;

    /**
     * Counts that these imported ones were tried in vain, and suspends each that was so often in a row.
     * Listeners hear of those alone.
     */
    void missed(LoginName owner, Set<AppPasswordId> tried, int most, By by) throws StoreUnavailableException;

    /** The count begins anew. */
    void hit(Set<AppPasswordId> used) throws StoreUnavailableException;

    /** Of those app passwords of this owner that were ever used. */
    Map<AppPasswordId, LastUse> lastUses(LoginName owner) throws StoreUnavailableException;

    /** Writes down when they were used. No listener hears of it. */
    void used(Map<AppPasswordId, LastUse> uses) throws StoreUnavailableException;

    /** Forgets where those clients were, and what they called themselves, that last came before then. */
    int forgetClients(Instant before) throws StoreUnavailableException;

    /** Forgets by what those would be known again that were revoked before then; says how many. */
    int forgetRevoked(Instant before) throws StoreUnavailableException;
}

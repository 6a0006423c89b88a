package postern.credentials.grant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/**
 * Where grants are kept, sealed. Absence, outage and a row that does not open never meet: there is no
 * grant, {@link StoreUnavailableException}, {@link GrantUnreadableException}. What has returned is
 * durable and seen by every later call, on every node. Calls may block, for five seconds at most;
 * callers are never on an event loop. Safe for use by many threads.
 *
 * <p>Nobody loses a token that a provider has just drawn for us. Refreshes of one mailbox go one at a
 * time, by {@link #takeTurn}. Should two run all the same, because one was slower than its lease, the
 * one that writes first wins, and the other is told so: what is written is compared with the version
 * of the secret that was used.
 */
public interface GrantVault {

    /** Keeps it as a new grant, in place of the one that this owner has for this upstream, if any. */
    Grant put(NewGrant given, GrantSecret secret, By by) throws StoreUnavailableException;

    Optional<Grant> find(LoginName owner, String upstream) throws StoreUnavailableException;

    /** With its secret; empty when it was never given, or revoked. */
    Optional<OpenGrant> open(LoginName owner, String upstream)
            throws StoreUnavailableException, GrantUnreadableException;

    /**
     * The grant to refresh, as it is now and for one at a time. The turn ends with {@link #renewed},
     * {@link #failed}, {@link #refused} or {@link #release}, or by itself after a bound, so that a node
     * that dies keeps nobody waiting for long. Nodes whose clocks differ may make it shorter or
     * longer; the cost is a second request, not a token.
     */
    Turn takeTurn(LoginName owner, String upstream) throws StoreUnavailableException, GrantUnreadableException;

    /**
     * It worked. Call this before what came of it is used, and use it only when this has returned: a
     * provider may forget the old token as soon as the new one is seen.
     *
     * @param rotated the secret that takes its place; empty when it stays
     * @param expiresAt when it dies now at the latest; empty when nobody can say
     * @return false, and nothing is kept, when another secret has taken its place since it was opened:
     *     open that one. After an outage it may be this one, kept by the try before
     */
    boolean renewed(OpenGrant used, Optional<GrantSecret> rotated, Optional<Instant> expiresAt)
            throws StoreUnavailableException;

    /**
     * It did not work, and may the next time. Call this before its secret is closed, which is struck
     * from what the provider said.
     *
     * @return false, and nothing is kept, when another secret has taken its place since it was opened
     */
    boolean failed(OpenGrant used, String code, String words) throws StoreUnavailableException;

    /** It did not work, and will not until its owner gives another; otherwise as {@link #failed}. */
    boolean refused(OpenGrant used, String code, String words) throws StoreUnavailableException;

    /** Gives the turn back, with nothing to tell. */
    void release(OpenGrant unused) throws StoreUnavailableException;

    /** Forgets the secret and remembers that it was revoked. False when there is none to revoke. */
    boolean revoke(LoginName owner, String upstream, By by) throws StoreUnavailableException;

    /** Forgets all of it. False when there is none. */
    boolean delete(LoginName owner, String upstream, By by) throws StoreUnavailableException;

    /**
     * Forgets all of the owner's.
     *
     * @return how many
     */
    int erase(LoginName owner, By by) throws StoreUnavailableException;

    /** All of the owner's, in the order of upstreams. */
    List<Grant> of(LoginName owner) throws StoreUnavailableException;

    /**
     * All of everybody's, in the order of owners and upstreams, a page at a time.
     *
     * @param after the place of the last of the page before
     */
    List<Grant> page(Place after, int size) throws StoreUnavailableException;

    /** Where one stands among all of them. */
    record Place(String owner, String upstream) {

        public static final Place BEFORE_ALL = new Place("", "");

        public static Place of(Grant grant) {
            return new Place(grant.owner().value(), grant.upstream());
        }
    }

    /** How many there are in each state; a state that has none is not named. */
    Map<GrantState, Integer> states() throws StoreUnavailableException;

    /** How many grants each key seals: one that is not named here may leave the file. */
    Map<String, Integer> keysInUse() throws StoreUnavailableException;

    /** Seals all under the active key that are under an older one. Others go on meanwhile. */
    Rewrap rewrap() throws StoreUnavailableException;

    /**
     * What came of it.
     *
     * @param leftOut stay under the key they were under
     * @param firstCause of those that were left out
     */
    record Rewrap(int done, int leftOut, Optional<GrantUnreadableException> firstCause) {}
}

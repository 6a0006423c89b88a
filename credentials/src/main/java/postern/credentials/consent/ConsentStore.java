package postern.credentials.consent;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/**
 * Where begun consents wait, so that whichever node somebody comes back to knows them. One for a mailbox
 * and upstream: there are never more than those. Calls may block; callers are never on an event loop.
 */
public interface ConsentStore {

    /** In place of the one before, for the same mailbox at the same upstream. */
    void begin(BegunConsent begun, By by) throws StoreUnavailableException;

    /** For who comes back with this state: the first of them, and nobody after. */
    Optional<BegunConsent> take(String stateHash, Instant now) throws StoreUnavailableException;

    /**
     * Keeps that a consent was not taken.
     *
     * @param reason a code
     */
    void refused(LoginName owner, String upstream, String reason, By by) throws StoreUnavailableException;

    /**
     * Those that nobody came back with.
     *
     * @return how many
     */
    int forgetOver(Instant now) throws StoreUnavailableException;
}

package postern.credentials;

import java.net.InetAddress;
import java.util.Optional;
import postern.credentials.LoginOutcome.Denied.Reason;

/** Whether a session that was let in may stay. */
public interface Standing {

    /** Why it would be refused if it came now; may block, as the store does. */
    Optional<Reason> objection(LoginName owner, AppPasswordId used, Protocol protocol, InetAddress client)
            throws StoreUnavailableException;

    /** What is known of it here. */
    record Known(Optional<Reason> objection) {}

    /** The same as far as nothing has to be read for it, and some always have to read. Never waits. */
    default Optional<Known> known(LoginName owner, AppPasswordId used, Protocol protocol, InetAddress client) {
        return Optional.empty();
    }
}

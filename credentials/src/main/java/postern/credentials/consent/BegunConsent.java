package postern.credentials.consent;

import java.time.Instant;
import postern.credentials.LoginName;

/**
 * A consent that somebody was asked for, as the store keeps it until they come back. It proves nothing, and
 * opens nothing.
 *
 * @param owner whose consent it has to be
 * @param stateHash of what the browser has
 * @param kept of its {@link Ticket}
 * @param endsAt when it is too late to come back
 */
public record BegunConsent(LoginName owner, String upstream, String stateHash, String kept, Instant endsAt) {

    @Override
    public String toString() {
        return "BegunConsent[owner=" + owner + ", upstream=" + upstream + ", endsAt=" + endsAt + "]";
    }
}

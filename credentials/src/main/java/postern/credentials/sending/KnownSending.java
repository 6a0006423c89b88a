package postern.credentials.sending;

import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Sending;

/** What an app password may send, as it is now, from what is known here. */
public interface KnownSending {

    /** Never waits; empty when it has to be read first, which has then begun. */
    Optional<Sending> of(LoginName owner, AppPasswordId used);
}

package postern.credentials;

import java.util.Map;

/**
 * How much was sent with app passwords that may send so much a day, by all nodes together. A day is
 * counted from 1970-01-01, UTC. Calls may block, as those of {@link CredentialStore}.
 */
public interface SendingStore {

    Sent on(long day, AppPasswordId used) throws StoreUnavailableException;

    /** Adds what was sent here, and returns all that was sent that day, elsewhere too. */
    Map<AppPasswordId, Sent> add(long day, Map<AppPasswordId, Sent> more) throws StoreUnavailableException;

    void forgetBefore(long day) throws StoreUnavailableException;
}

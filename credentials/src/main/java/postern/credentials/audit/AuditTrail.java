package postern.credentials.audit;

import java.util.List;
import postern.credentials.StoreUnavailableException;

/** Where events become part of the chain. */
public interface AuditTrail {

    /**
     * All of them, in this order and at one moment, or none. One that is in the chain already is not
     * written again: who was not told what came of it may ask again.
     */
    void append(List<AuditEvent> events) throws StoreUnavailableException;
}

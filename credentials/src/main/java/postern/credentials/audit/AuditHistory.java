package postern.credentials.audit;

import java.util.List;
import java.util.OptionalLong;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/** The chain, to be read. An entry's sequence is the cursor from page to page. */
public interface AuditHistory {

    /** Beyond this, a {@code limit} is cut down. */
    int MOST = 1000;

    /** Oldest first. */
    List<AuditEntry> after(long sequence, AuditFilter filter, int limit) throws StoreUnavailableException;

    /** Newest first. */
    List<AuditEntry> before(long sequence, AuditFilter filter, int limit) throws StoreUnavailableException;

    /** Where an event stands, for whoever would go on from it; empty when none of this id is kept. */
    OptionalLong sequenceOf(AuditEventId event) throws StoreUnavailableException;

    /**
     * What is kept of a person, as they may see it, oldest first: what was done to them and what they
     * did.
     */
    List<AuditEntry> of(LoginName person, long after, int limit) throws StoreUnavailableException;

    /** As they are at one moment. */
    Ends ends() throws StoreUnavailableException;

    /**
     * Both ends of the chain.
     *
     * @param pruned the last sequence that is no longer kept; zero when all are
     * @param prunedDigest what the first kept entry stands on
     * @param last the sequence of the last entry; zero before the first
     * @param greatest what the last sequence is among the entries themselves; zero when there are none
     */
    record Ends(long pruned, String prunedDigest, long last, String lastDigest, long greatest) {}
}

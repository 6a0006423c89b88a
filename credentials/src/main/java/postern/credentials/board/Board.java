package postern.credentials.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import postern.credentials.SessionId;
import postern.credentials.StoreUnavailableException;

/** Where each node tells who is on its lines; to be read as {@link Sessions}. It only ever touches its own rows. */
public interface Board {

    /** A node that was not heard of for so long has broken down, or cannot reach the store: its sessions do not count. */
    Duration OLD = Duration.ofSeconds(40);

    /** The first that it hears of this run of a node. What an earlier one of this name left behind is gone. */
    void arrive(Node node, Instant now) throws StoreUnavailableException;

    /** All that was written in this run is gone, and the node is there. */
    void beginAnew(Node node, Instant now) throws StoreUnavailableException;

    /** The node is there; false when nothing is known of it, and it has to begin anew. */
    boolean beat(Node node, Instant now) throws StoreUnavailableException;

    /** All of it or nothing. */
    void write(Node node, Collection<Session> begun, Collection<SessionId> left) throws StoreUnavailableException;

    /** Nobody is on its lines any more. */
    void leave(Node node) throws StoreUnavailableException;

    /** Deletes what nodes have left that were not heard of since long; says how many sessions that were. */
    int forgetOld(Instant now) throws StoreUnavailableException;
}

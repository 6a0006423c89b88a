package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import java.util.List;
import postern.proxy.session.SessionEnd;

/**
 * What one protocol knows of ending a conversation it does not otherwise read: where what the
 * upstream says may be cut off without breaking a response in two, and the words to say there.
 */
public interface Farewell {

    /** Why, when it was not us. */
    String HUNG_UP = "The mail server hung up";

    /**
     * Follows what goes to the client, in order, leaving the buffer's indices alone.
     *
     * @return how many of these bytes the last response that ends among them takes; 0 when none ends
     */
    int follow(ByteBuf toClient);

    /** What to change in the bytes that were just followed, in order. */
    default List<Edit> edits() {
        return List.of();
    }

    /** Whether all that went to the client so far is whole. */
    boolean atBoundary();

    /** Whether a goodbye would be in order here, though the client waits for something else. */
    default boolean isBetweenResponses() {
        return atBoundary();
    }

    /** Whether the client may be heard now, or has to wait for what the upstream says. */
    default boolean listens() {
        return true;
    }

    /** Whether nothing that the client asked for is still to come, as far as anybody here can know. */
    default boolean isAllAnswered() {
        return false;
    }

    String words(SessionEnd why);

    /** What to say when the upstream leaves, here and now; empty when it has said so itself, or nothing may stand here. */
    String wordsForTheUpstream();
}

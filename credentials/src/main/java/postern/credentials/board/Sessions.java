package postern.credentials.board;

import java.time.Instant;
import java.util.List;
import postern.credentials.StoreUnavailableException;

/**
 * The board, to be read: who is on the line on any node that has been heard of lately. A session stands there
 * about a second after it began, and so long after it ended; one of a node that broke down, for {@link Board#OLD}.
 */
public interface Sessions {

    /** Beyond this, a {@code limit} is cut down. */
    int MOST = 1000;

    /** Where a page ends: sessions stand in the order of their login names, those of one by their ids. */
    record Place(String name, String id) {

        public static final Place BEFORE_ALL = new Place("", "");
    }

    /**
     * A session, and where it is.
     *
     * @param node the name of the node
     */
    record Listed(Session session, String node) {

        public Place place() {
            return new Place(session.name().value(), session.id().value());
        }
    }

    /** The next of them, {@code after} the place of the last of the page before. */
    List<Listed> page(SessionFilter filter, Place after, int limit, Instant now) throws StoreUnavailableException;

    long count(SessionFilter filter, Instant now) throws StoreUnavailableException;
}

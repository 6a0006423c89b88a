package postern.credentials.board;

import java.util.Collection;
import java.util.Optional;
import postern.credentials.SessionId;

/** The sessions of this node, as they are at this moment. */
public interface OnTheLine {

    Collection<SessionId> ids();

    Optional<Session> session(SessionId id);
}

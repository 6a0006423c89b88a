package postern.proxy.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PersonAdded;
import postern.credentials.Change.Revoked;
import postern.credentials.LoginName;
import postern.credentials.Protocol;

/**
 * Who is on the line, and how to end it. A session is entered before its mailbox is dialled: a
 * revocation that comes between the decision and the entry is remembered for longer than that gap
 * can be, so no session outlives its app password unseen.
 */
public final class LiveSessions {

    private static final Duration LONGER_THAN_ANY_LOGIN = Duration.ofMinutes(10);
    private static final long MOST_REMEMBERED = 100_000;

    private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
    private final Cache<AppPasswordId, SessionEnd> revoked = Caffeine.newBuilder()
            .expireAfterWrite(LONGER_THAN_ANY_LOGIN)
            .maximumSize(MOST_REMEMBERED)
            .build();

    /** It leaves again by itself, when its channel closes. */
    public void enter(LiveSession session) {
        sessions.add(session);
        session.channel().closeFuture().addListener(_ -> sessions.remove(session));
        if (revoked.getIfPresent(session.appPassword()) != null) {
            session.end(SessionEnd.REVOKED);
        }
    }

    /** Hears from the change feed, and ends those who may not stay. */
    public void heard(Change change) {
        switch (change) {
            case PersonAdded _, Issued _ -> {} // no session yet
            case Revoked(LoginName _, AppPasswordId id) -> endRevoked(id);
            case Missed _ -> sessions.forEach(session -> session.end(SessionEnd.UNCERTAIN));
        }
    }

    /** Every session that this app password opened, and any that it is opening now. */
    private void endRevoked(AppPasswordId id) {
        revoked.put(id, SessionEnd.REVOKED);
        sessions.stream()
                .filter(session -> session.appPassword().equals(id))
                .forEach(session -> session.end(SessionEnd.REVOKED));
    }

    public Collection<LiveSession> all() {
        return List.copyOf(sessions);
    }

    public long count(Protocol protocol) {
        return sessions.stream()
                .filter(session -> session.protocol() == protocol)
                .count();
    }
}

package postern.proxy.session;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.SessionId;
import postern.credentials.board.OnTheLine;
import postern.credentials.board.Session;

/** From sessions to what all nodes, and whoever administers them, may see of them. */
public final class BoardedSessions implements SessionObserver {

    private final SessionObserver next;
    private final Consumer<SessionId> changed;

    /**
     * @param next hears of all, too
     * @param changed is told of each session that came or went, and never waits
     */
    public BoardedSessions(SessionObserver next, Consumer<SessionId> changed) {
        this.next = next;
        this.changed = changed;
    }

    /** Those that there are now. */
    public static OnTheLine of(LiveSessions sessions) {
        return new OnTheLine() {

            @Override
            public Collection<SessionId> ids() {
                return sessions.ids();
            }

            @Override
            public Optional<Session> session(SessionId id) {
                return sessions.find(id).map(BoardedSessions::shown);
            }
        };
    }

    private static Session shown(LiveSession session) {
        return new Session(
                session.id(),
                session.name(),
                session.appPassword(),
                session.protocol(),
                session.client(),
                session.device(),
                session.tls().map(TlsTerms::version),
                session.since());
    }

    @Override
    public void refused(Refusal why) {
        next.refused(why);
    }

    @Override
    public void entered(LiveSession session) {
        next.entered(session);
        changed.accept(session.id());
    }

    @Override
    public void left(LiveSession session) {
        next.left(session);
        changed.accept(session.id());
    }

    @Override
    public void ended(LiveSession session, SessionEnd why, Optional<Reason> objection) {
        next.ended(session, why, objection);
    }
}

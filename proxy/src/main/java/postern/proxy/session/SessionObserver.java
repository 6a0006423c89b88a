package postern.proxy.session;

import java.util.Optional;
import postern.credentials.LoginOutcome.Denied.Reason;

/** Told of sessions that did not begin, of those that did, and of those that we ended. */
public interface SessionObserver {

    enum Refusal {
        /** This person has as many as they may. */
        PERSON,
        /** As many as may come from one address have come from there. */
        ADDRESS
    }

    void refused(Refusal why);

    /** It is among the {@link LiveSessions} from now on. Called on an event loop. */
    void entered(LiveSession session);

    /** It no longer is, whoever ended it. Called on an event loop. */
    void left(LiveSession session);

    /**
     * Once for each session, however often it is asked to end.
     *
     * @param objection for which they would not be let in now; empty when somebody wants it so
     */
    void ended(LiveSession session, SessionEnd why, Optional<Reason> objection);
}

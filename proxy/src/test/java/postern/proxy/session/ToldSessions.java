package postern.proxy.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postern.credentials.LoginOutcome.Denied.Reason;

/** All that is told of sessions, in its order. */
final class ToldSessions implements SessionObserver {

    final List<Object> told = new ArrayList<>();
    final List<String> comingsAndGoings = new ArrayList<>();

    @Override
    public void refused(Refusal why) {
        told.add(why);
    }

    @Override
    public void entered(LiveSession session) {
        comingsAndGoings.add("entered " + session.appPassword());
    }

    @Override
    public void left(LiveSession session) {
        comingsAndGoings.add("left " + session.appPassword());
    }

    @Override
    public void ended(LiveSession session, SessionEnd why, Optional<Reason> objection) {
        told.add(why);
    }
}

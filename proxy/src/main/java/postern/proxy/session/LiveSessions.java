package postern.proxy.session;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.Standing;
import postern.credentials.StoreUnavailableException;

/**
 * Who is on the line, and how to end it. What is changed while somebody is on the line is held against
 * them as if they came now. A session is entered before its mailbox is dialled, and looked at once it is
 * in: what was changed between the decision and the entry is seen then, so no session outlives its app
 * password unseen.
 */
public final class LiveSessions {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSessions.class);

    private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
    private final Standing standing;
    private final Executor reviewers;

    /**
     * @param reviewers starts a virtual thread for each look at who may stay
     */
    public LiveSessions(Standing standing, Executor reviewers) {
        this.standing = standing;
        this.reviewers = reviewers;
    }

    /** It leaves again by itself, when its channel closes. */
    public void enter(LiveSession session) {
        sessions.add(session);
        session.channel().closeFuture().addListener(_ -> sessions.remove(session));
        reviewers.execute(() -> review(session));
    }

    /** Hears from the change feed, and ends those who may not stay. */
    public void heard(Change change) {
        switch (change) {
            case AccountAdded _, Issued _ -> {} // no session yet
            case HoldsBegan _, HoldCleared _ -> {} // who is in has shown the right secret
            case Revoked(LoginName _, AppPasswordId id) ->
                endAll(session -> session.appPassword().equals(id));
            case AllRevoked(LoginName owner) -> endAll(of(owner));
            case AccountChanged(LoginName owner) -> reviewAll(of(owner));
            case Revised(LoginName _, AppPasswordId id) ->
                reviewAll(session -> session.appPassword().equals(id));
            case PolicyChanged _, Missed _ -> reviewAll(_ -> true);
        }
    }

    /** Ends those whose time has come: an app password expires without anything being changed. */
    public void reviewAll() {
        reviewAll(_ -> true);
    }

    private static Predicate<LiveSession> of(LoginName owner) {
        return session -> session.name().equals(owner);
    }

    private void endAll(Predicate<LiveSession> which) {
        sessions.stream().filter(which).forEach(session -> session.end(SessionEnd.REVOKED));
    }

    /** One after the other, on one thread: it may be everybody. */
    private void reviewAll(Predicate<LiveSession> which) {
        List<LiveSession> some = sessions.stream().filter(which).toList();
        if (!some.isEmpty()) {
            reviewers.execute(() -> some.forEach(this::review));
        }
    }

    /** A store that is away is no reason: those who are on the line stay. */
    private void review(LiveSession session) {
        try {
            standing.objection(session.name(), session.appPassword(), session.protocol(), session.client())
                    .ifPresent(_ -> session.end(SessionEnd.REVOKED));
        } catch (StoreUnavailableException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("a session is not reviewed");
        }
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

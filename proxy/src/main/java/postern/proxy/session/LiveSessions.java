package postern.proxy.session;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.GrantChanged;
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

    private final ConcurrentMap<SessionId, LiveSession> sessions = new ConcurrentHashMap<>();
    private final Standing standing;
    private final SessionLimits limits;
    private final SessionObserver observer;
    private final RandomGenerator random;
    private final Executor reviewers;

    /**
     * @param reviewers starts a virtual thread for each look at who may stay
     */
    public LiveSessions(
            Standing standing,
            SessionLimits limits,
            SessionObserver observer,
            RandomGenerator random,
            Executor reviewers) {
        this.standing = standing;
        this.limits = limits;
        this.observer = observer;
        this.random = random;
        this.reviewers = reviewers;
    }

    public SessionId newId() {
        return SessionId.draw(random);
    }

    /**
     * It leaves again by itself, when its channel closes.
     *
     * @return whether there was a place for it
     */
    public boolean enter(LiveSession session) {
        Optional<SessionObserver.Refusal> refusal = limits.enter(session);
        if (refusal.isPresent()) {
            observer.refused(refusal.get());
            return false;
        }
        sessions.put(session.id(), session);
        session.channel().closeFuture().addListener(_ -> left(session));
        reviewers.execute(() -> review(session));
        return true;
    }

    private void left(LiveSession session) {
        sessions.remove(session.id());
        limits.left(session);
    }

    /** Whether there was such a session to end. */
    public boolean end(SessionId id) {
        LiveSession session = sessions.get(id);
        if (session == null) {
            return false;
        }
        end(session, SessionEnd.ASKED);
        return true;
    }

    /** How many there were of that person. */
    public int endOf(LoginName owner) {
        return endAll(of(owner), SessionEnd.ASKED);
    }

    /** How many there were that this app password opened. */
    public int endOf(AppPasswordId used) {
        return endAll(session -> session.appPassword().equals(used), SessionEnd.ASKED);
    }

    /**
     * One after the other: if they all left at once, they would all come back at once.
     *
     * @param within how long the last one may wait
     * @return how many there were
     */
    public int endAll(Duration within) {
        List<LiveSession> everybody = List.copyOf(sessions.values());
        for (int i = 0; i < everybody.size(); i++) {
            observer.ended(SessionEnd.ASKED);
            everybody.get(i).endIn(within.multipliedBy(i).dividedBy(everybody.size()), SessionEnd.ASKED);
        }
        return everybody.size();
    }

    /** Hears from the change feed, and ends those who may not stay. */
    public void heard(Change change) {
        switch (change) {
            case AccountAdded _, Issued _ -> {} // no session yet
            case HoldsBegan _, HoldCleared _ -> {} // who is in has shown the right secret
            case GrantChanged _ -> {} // an upstream login that succeeded stands
            case Revoked(LoginName _, AppPasswordId id) ->
                endAll(session -> session.appPassword().equals(id), SessionEnd.REVOKED);
            case AllRevoked(LoginName owner) -> endAll(of(owner), SessionEnd.REVOKED);
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

    private int endAll(Predicate<LiveSession> which, SessionEnd why) {
        List<LiveSession> some = sessions.values().stream().filter(which).toList();
        some.forEach(session -> end(session, why));
        return some.size();
    }

    private void end(LiveSession session, SessionEnd why) {
        observer.ended(why);
        session.end(why);
    }

    /** One after the other, on one thread: it may be everybody. */
    private void reviewAll(Predicate<LiveSession> which) {
        List<LiveSession> some = sessions.values().stream().filter(which).toList();
        if (!some.isEmpty()) {
            reviewers.execute(() -> some.forEach(this::review));
        }
    }

    /** A store that is away is no reason: those who are on the line stay. */
    private void review(LiveSession session) {
        try {
            standing.objection(session.name(), session.appPassword(), session.protocol(), session.client())
                    .ifPresent(_ -> end(session, SessionEnd.REVOKED));
        } catch (StoreUnavailableException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("a session is not reviewed");
        }
    }

    public Collection<LiveSession> all() {
        return List.copyOf(sessions.values());
    }

    public long count(Protocol protocol) {
        return sessions.values().stream()
                .filter(session -> session.protocol() == protocol)
                .count();
    }
}

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
import postern.credentials.Change.AliasAdded;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.ApiTokenChanged;
import postern.credentials.Change.GrantChanged;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Protocol;
import postern.credentials.SessionChoice;
import postern.credentials.SessionChoice.AppPasswords;
import postern.credentials.SessionChoice.Everybodys;
import postern.credentials.SessionChoice.One;
import postern.credentials.SessionChoice.Persons;
import postern.credentials.SessionId;
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
    private static final Optional<Reason> REVOKED = Optional.of(Reason.REVOKED);

    /** Of those that end because somebody asked: a node takes a hundred first logins a second with ease. */
    private static final Duration BETWEEN_ENDS = Duration.ofMillis(10);

    private static final Duration MOST_FOR_ALL_ENDS = Duration.ofMinutes(1);

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
        observer.entered(session);
        session.line().whenGone(() -> left(session));
        // What ended it between the decision and this moment was heard before it was here to be found.
        standing.known(session.name(), session.appPassword(), session.protocol(), session.client())
                .ifPresentOrElse(
                        known -> heed(session, known.objection()), () -> reviewers.execute(() -> review(session)));
        return true;
    }

    private void left(LiveSession session) {
        sessions.remove(session.id());
        limits.left(session);
        observer.left(session);
    }

    /** Hears from the change feed, and ends those who may not stay. */
    public void heard(Change change) {
        switch (change) {
            case AccountAdded _, AliasAdded _, Issued _ -> {} // no session yet
            case SessionsEnded(SessionChoice which) -> endInTurn(chosen(which));
            case HoldsBegan _, HoldCleared _ -> {} // who is in has shown the right secret
            case ApiTokenChanged _ -> {} // opens no mailbox
            case GrantChanged _ -> {} // an upstream login that succeeded stands
            case Revoked(LoginName _, AppPasswordId id) ->
                endAll(session -> session.appPassword().equals(id), SessionEnd.REVOKED, REVOKED);
            case AllRevoked(LoginName owner) -> endAll(of(owner), SessionEnd.REVOKED, REVOKED);
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

    private static Predicate<LiveSession> chosen(SessionChoice which) {
        return switch (which) {
            case Everybodys() -> _ -> true;
            case Persons(LoginName name) -> of(name);
            case AppPasswords(AppPasswordId id) ->
                session -> session.appPassword().equals(id);
            case One(SessionId id) -> session -> session.id().equals(id);
        };
    }

    private static Predicate<LiveSession> of(LoginName owner) {
        return session -> session.name().equals(owner);
    }

    /** One after the other: if they all left at once, they would all come back at once. */
    private void endInTurn(Predicate<LiveSession> which) {
        List<LiveSession> some = sessions.values().stream().filter(which).toList();
        Duration all = shorter(BETWEEN_ENDS.multipliedBy(some.size()), MOST_FOR_ALL_ENDS);
        for (int i = 0; i < some.size(); i++) {
            tell(some.get(i), SessionEnd.ASKED, Optional.empty());
            some.get(i).line().endIn(all.multipliedBy(i).dividedBy(some.size()), SessionEnd.ASKED);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void endAll(Predicate<LiveSession> which, SessionEnd why, Optional<Reason> objection) {
        sessions.values().stream().filter(which).forEach(session -> end(session, why, objection));
    }

    private void end(LiveSession session, SessionEnd why, Optional<Reason> objection) {
        tell(session, why, objection);
        session.line().end(why);
    }

    private void tell(LiveSession session, SessionEnd why, Optional<Reason> objection) {
        if (session.line().isNews()) {
            observer.ended(session, why, objection);
        }
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
            heed(
                    session,
                    standing.objection(session.name(), session.appPassword(), session.protocol(), session.client()));
        } catch (StoreUnavailableException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("a session is not reviewed");
        }
    }

    private void heed(LiveSession session, Optional<Reason> objection) {
        objection.ifPresent(_ -> end(session, SessionEnd.REVOKED, objection));
    }

    public Collection<LiveSession> all() {
        return List.copyOf(sessions.values());
    }

    /** Empty when it is gone. */
    public Optional<LiveSession> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    public Collection<SessionId> ids() {
        return List.copyOf(sessions.keySet());
    }

    public long count(Protocol protocol) {
        return sessions.values().stream()
                .filter(session -> session.protocol() == protocol)
                .count();
    }
}

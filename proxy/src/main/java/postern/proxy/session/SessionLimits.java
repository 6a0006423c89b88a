package postern.proxy.session;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;
import postern.proxy.session.SessionObserver.Refusal;

/**
 * How many sessions one person may have at once, and how many there may be from one {@link
 * SourceNetwork}, at all doors together. Exact, however many come at the same moment. What is
 * remembered is bounded by who is on the line.
 */
public final class SessionLimits {

    private final int mostPerPerson;
    private final int mostPerAddress;
    private final ConcurrentMap<LoginName, Integer> byPerson = new ConcurrentHashMap<>();
    private final ConcurrentMap<SourceNetwork, Integer> byAddress = new ConcurrentHashMap<>();

    public SessionLimits(int mostPerPerson, int mostPerAddress) {
        this.mostPerPerson = mostPerPerson;
        this.mostPerAddress = mostPerAddress;
    }

    /** Takes a place for it, or says why there is none. */
    Optional<Refusal> enter(LiveSession session) {
        if (!take(byPerson, session.name(), mostPerPerson)) {
            return Optional.of(Refusal.PERSON);
        } else if (!take(byAddress, SourceNetwork.of(session.client()), mostPerAddress)) {
            leave(byPerson, session.name());
            return Optional.of(Refusal.ADDRESS);
        }
        return Optional.empty();
    }

    void left(LiveSession session) {
        leave(byPerson, session.name());
        leave(byAddress, SourceNetwork.of(session.client()));
    }

    private static <K> boolean take(ConcurrentMap<K, Integer> places, K who, int most) {
        if (places.merge(who, 1, Integer::sum) <= most) {
            return true;
        }
        leave(places, who);
        return false;
    }

    private static <K> void leave(ConcurrentMap<K, Integer> places, K who) {
        places.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
    }
}

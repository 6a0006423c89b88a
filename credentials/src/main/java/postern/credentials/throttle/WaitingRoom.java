package postern.credentials.throttle;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import postern.credentials.SourceNetwork;

/** How many slow answers may wait at once: in all, and for one source. */
final class WaitingRoom {

    private final int most;
    private final int mostPerSource;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentMap<SourceNetwork, Integer> bySource = new ConcurrentHashMap<>();

    WaitingRoom(int most, int mostPerSource) {
        this.most = most;
        this.mostPerSource = mostPerSource;
    }

    int waiting() {
        return waiting.get();
    }

    /** False when there is no place. Whoever got one must {@link #leave}. */
    boolean enter(SourceNetwork source) {
        int all = waiting.incrementAndGet();
        int here = bySource.merge(source, 1, Integer::sum);
        if (all > most || here > mostPerSource) {
            leave(source);
            return false;
        }
        return true;
    }

    void leave(SourceNetwork source) {
        waiting.decrementAndGet();
        bySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
    }
}

package postern.credentials.hash;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Who may wait for a hashing thread. A quarter of the queue is kept for familiar ones, so that no number of
 * strangers turns one of them away; and strangers of one source get a quarter of what is left, so that they leave
 * something to the others.
 */
final class Places {

    private static final int PART = 4;

    private final int all;
    private final int forStrangers;
    private final int forStrangersOfOneSource;

    private final Map<Turn, Integer> ofSources = new HashMap<>();
    private int taken;
    private int takenByStrangers;

    /**
     * @param threads have a place each, too
     */
    Places(int threads, int queue) {
        this.all = threads + queue;
        this.forStrangers = all - Math.ceilDiv(queue, PART);
        this.forStrangersOfOneSource = Math.ceilDiv(forStrangers, PART);
    }

    /** How many of the same source and lane were there before; nothing, and no place, when there is none for it. */
    synchronized OptionalInt enter(Turn turn) {
        int before = ofSources.getOrDefault(turn, 0);
        if (taken == all || (turn.lane() == Lane.STRANGER && isFullForStrangers(before))) {
            return OptionalInt.empty();
        }
        count(turn, 1);
        return OptionalInt.of(before);
    }

    synchronized void leave(Turn turn) {
        count(turn, -1);
    }

    private boolean isFullForStrangers(int ofTheSource) {
        return takenByStrangers == forStrangers || ofTheSource == forStrangersOfOneSource;
    }

    private void count(Turn turn, int change) {
        taken += change;
        takenByStrangers += turn.lane() == Lane.STRANGER ? change : 0;
        int left = ofSources.getOrDefault(turn, 0) + change;
        if (turn.source().isEmpty() || left == 0) {
            ofSources.remove(turn);
        } else {
            ofSources.put(turn, left);
        }
    }
}

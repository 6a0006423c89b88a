package postern.credentials.throttle;

import java.util.Arrays;

/**
 * What one name tried from one source: the last sixteen different wrong secrets, how often each came
 * again, and how many there were. Every half-life half of it is forgiven.
 */
final class Suspicion {

    private static final int MOST = 16;
    private static final int COUNT_BITS = 8;
    private static final int MOST_AGAIN = (1 << COUNT_BITS) - 1;

    /**
     * @param again whether this very secret was wrong before
     * @param times how often it came again; or of a new one, how many different ones there were
     */
    record Sighting(boolean again, int times) {}

    /** The latest last: 24 bits of a secret, 8 of how often it came again. */
    private int[] seen = {};

    private int misses;
    private long halvedAt;
    private long probedAt;
    private boolean probed;

    Suspicion(long now) {
        this.halvedAt = now;
    }

    synchronized Sighting sees(int glimpse, long now, long halfLife) {
        halve((now - halvedAt) / halfLife, halfLife);
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] >>> COUNT_BITS == glimpse) {
                int times = Math.min(MOST_AGAIN, (seen[i] & MOST_AGAIN) + 1);
                moveToEnd(i, glimpse << COUNT_BITS | times);
                return new Sighting(true, times);
            }
        }
        append(glimpse << COUNT_BITS);
        return new Sighting(false, ++misses);
    }

    /** The right secret came from there. What was wrong stays wrong, but counts for nothing. */
    synchronized void forgive() {
        misses = 0;
    }

    /** Whether this is the one look it gets in this window. */
    synchronized boolean probes(long now, long window) {
        if (probed && now - probedAt < window) {
            return false;
        }
        probed = true;
        probedAt = now;
        return true;
    }

    private void halve(long halfLives, long halfLife) {
        if (halfLives > 0) {
            int by = (int) Math.min(halfLives, Integer.SIZE - 1);
            misses >>= by;
            for (int i = 0; i < seen.length; i++) {
                seen[i] = (seen[i] & ~MOST_AGAIN) | ((seen[i] & MOST_AGAIN) >> by);
            }
            halvedAt += halfLives * halfLife;
        }
    }

    private void append(int entry) {
        if (seen.length < MOST) {
            seen = Arrays.copyOf(seen, seen.length + 1);
            seen[seen.length - 1] = entry;
        } else {
            moveToEnd(0, entry);
        }
    }

    private void moveToEnd(int from, int entry) {
        System.arraycopy(seen, from + 1, seen, from, seen.length - from - 1);
        seen[seen.length - 1] = entry;
    }
}

package postern.credentials.throttle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many different things there were since the window began: exactly while they are few, then by
 * linear counting (Whang, 1990) in 64 bytes of bits, within a few percent up to a thousand and never
 * beyond {@link #MOST}. The window begins with the first and ends as a whole. For one thread at a time.
 */
final class DistinctCount {

    static final int MOST = 3194;

    private static final int EXACT = 32;
    private static final int BITS = 512;

    private int[] few = {};
    private int size;
    private long @Nullable [] bits;
    private long began;

    /** False when it was there already. */
    boolean add(long mark, long now, long window) {
        if (size == 0 || now - began >= window) {
            clear();
            began = now;
        }
        boolean added = bits == null ? addToFew((int) mark) : setBit(bits, (int) mark);
        size += added ? 1 : 0;
        return added;
    }

    int count() {
        return bits == null ? size : estimate(bits);
    }

    int count(long now, long window) {
        return now - began >= window ? 0 : count();
    }

    void clear() {
        few = new int[0];
        bits = null;
        size = 0;
    }

    private boolean addToFew(int mark) {
        for (int i = 0; i < size; i++) {
            if (few[i] == mark) {
                return false;
            }
        }
        if (size == EXACT) {
            bits = new long[BITS / Long.SIZE];
            for (int one : few) {
                setBit(bits, one);
            }
            few = new int[0];
            setBit(bits, mark);
            return true;
        }
        if (size == few.length) {
            few = Arrays.copyOf(few, Math.max(1, 2 * size));
        }
        few[size] = mark;
        return true;
    }

    private static boolean setBit(long[] bits, int mark) {
        int word = (mark & (BITS - 1)) / Long.SIZE;
        long bit = 1L << mark;
        boolean clear = (bits[word] & bit) == 0;
        bits[word] |= bit;
        return clear;
    }

    private static int estimate(long[] bits) {
        int set = 0;
        for (long word : bits) {
            set += Long.bitCount(word);
        }
        return set == BITS ? MOST : (int) Math.round(-BITS * Math.log1p(-(double) set / BITS));
    }
}

package postern.proxy.imap;

import io.netty.buffer.ByteBuf;

/** The end of a line, wherever its packets end: as much of it as tells whether a literal follows. */
final class LineTail {

    /** The longest end of a line that can announce a literal: {@code {18 digits+}} and CR. */
    private static final int LONGEST_ANNOUNCEMENT = 24;

    private static final int MOST_DIGITS = 18;

    private final byte[] bytes = new byte[LONGEST_ANNOUNCEMENT];
    private int length;

    /** Takes more of the line, its LF left aside. */
    void take(ByteBuf line, int from, int to) {
        int fresh = Math.min(to - from, LONGEST_ANNOUNCEMENT);
        int kept = Math.min(length, LONGEST_ANNOUNCEMENT - fresh);
        System.arraycopy(bytes, length - kept, bytes, 0, kept);
        line.getBytes(to - fresh, bytes, kept, fresh);
        length = kept + fresh;
    }

    /** The line has ended; the next one begins. */
    void clear() {
        length = 0;
    }

    /** How long a literal it announces; less than nothing when it announces none. */
    long literal() {
        int at = length - 1;
        if (at < 0 || bytes[at--] != '\r' || at < 0 || bytes[at--] != '}') {
            return -1;
        }
        if (at >= 0 && bytes[at] == '+') {
            at--;
        }
        long size = 0;
        long place = 1;
        int digits = 0;
        for (; at >= 0 && bytes[at] >= '0' && bytes[at] <= '9' && digits < MOST_DIGITS; at--, digits++, place *= 10) {
            size += (bytes[at] - '0') * place;
        }
        return digits > 0 && at >= 0 && bytes[at] == '{' ? size : -1;
    }
}

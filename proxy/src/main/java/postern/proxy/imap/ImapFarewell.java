package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import postern.proxy.relay.Farewell;
import postern.proxy.session.SessionEnd;

/**
 * Follows an upstream's responses just closely enough to know where one ends: at a line end that is
 * not inside a literal and does not announce one. A goodbye anywhere else would become part of a
 * message in the client's cache.
 */
final class ImapFarewell implements Farewell {

    /** The longest end of a line that can announce a literal: {@code {18 digits+}} and CR. */
    private static final int LONGEST_ANNOUNCEMENT = 24;

    private final byte[] lineEnd = new byte[LONGEST_ANNOUNCEMENT];
    private int lineEndLength;
    private long literalToCome;
    private boolean whole = true;

    @Override
    public int follow(ByteBuf toClient) {
        int start = toClient.readerIndex();
        int end = toClient.writerIndex();
        int lastWhole = start;
        for (int at = start; at < end; ) {
            if (literalToCome > 0) {
                long passed = Math.min(literalToCome, end - at);
                literalToCome -= passed;
                at += (int) passed;
                continue;
            }
            int lf = toClient.indexOf(at, end, (byte) '\n');
            int lineStops = lf < 0 ? end : lf;
            remember(toClient, at, lineStops);
            at = lineStops + 1;
            whole = lf >= 0 && !announcesLiteral();
            lineEndLength = lf < 0 ? lineEndLength : 0;
            lastWhole = whole ? at : lastWhole;
        }
        return lastWhole - start;
    }

    @Override
    public boolean atBoundary() {
        return whole;
    }

    @Override
    public String words(SessionEnd why) {
        return ImapPhrases.goodbye(why.words()) + "\r\n";
    }

    /** Keeps the last bytes of the line so far, wherever the packets end. */
    private void remember(ByteBuf line, int from, int to) {
        int fresh = Math.min(to - from, LONGEST_ANNOUNCEMENT);
        int kept = Math.min(lineEndLength, LONGEST_ANNOUNCEMENT - fresh);
        System.arraycopy(lineEnd, lineEndLength - kept, lineEnd, 0, kept);
        line.getBytes(to - fresh, lineEnd, kept, fresh);
        lineEndLength = kept + fresh;
    }

    /** Sets what is to come, when the line just ended in {@code {size}}. */
    private boolean announcesLiteral() {
        int at = lineEndLength - 1;
        if (at < 0 || lineEnd[at--] != '\r' || at < 0 || lineEnd[at--] != '}') {
            return false;
        }
        if (at >= 0 && lineEnd[at] == '+') {
            at--;
        }
        long size = 0;
        long place = 1;
        int digits = 0;
        for (; at >= 0 && lineEnd[at] >= '0' && lineEnd[at] <= '9' && digits < 18; at--, digits++, place *= 10) {
            size += (lineEnd[at] - '0') * place;
        }
        boolean announced = digits > 0 && at >= 0 && lineEnd[at] == '{';
        literalToCome = announced ? size : 0;
        return announced;
    }
}

package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import postern.proxy.relay.Farewell;
import postern.proxy.session.SessionEnd;

/**
 * For upstreams that need no {@link ImapGuard}. Follows their responses just closely enough to know where one ends: at a line end that is
 * not inside a literal and does not announce one. A goodbye anywhere else would become part of a
 * message in the client's cache.
 */
final class ImapFarewell implements Farewell {

    private final LineTail tail = new LineTail();
    private final ResponseHead head = new ResponseHead();
    private long literalToCome;
    private boolean whole = true;
    private boolean goodbye;

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
            tail.take(toClient, at, lineStops);
            readHead(toClient, at, lineStops);
            at = lineStops + 1;
            whole = lf >= 0 && !announcesLiteral();
            if (whole) {
                lastWhole = at;
                goodbye |= head.isGoodbye();
                head.clear();
            }
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

    @Override
    public String wordsForTheUpstream() {
        return whole && !goodbye ? ImapPhrases.goodbye(HUNG_UP) + "\r\n" : "";
    }

    /** Known by the end of a response's first line, and so left alone by the others. */
    private void readHead(ByteBuf said, int from, int to) {
        for (int at = from; at < to && !head.isKnown(); at++) {
            head.takes((char) (said.getByte(at) & 0xff));
        }
    }

    /** Of the line that just ended. */
    private boolean announcesLiteral() {
        long announced = tail.literal();
        tail.clear();
        literalToCome = Math.max(announced, 0);
        return announced >= 0;
    }
}

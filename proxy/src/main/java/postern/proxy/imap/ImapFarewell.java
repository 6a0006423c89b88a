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
            tail.take(toClient, at, lineStops);
            at = lineStops + 1;
            whole = lf >= 0 && !announcesLiteral();
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

    /** Of the line that just ended. */
    private boolean announcesLiteral() {
        long announced = tail.literal();
        tail.clear();
        literalToCome = Math.max(announced, 0);
        return announced >= 0;
    }
}

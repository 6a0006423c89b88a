package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import java.util.List;
import postern.proxy.relay.Edit;

/**
 * A list of capabilities on its way to the client, less those that it cannot have through us. A word
 * that comes in two packets is held back until it is whole.
 */
final class CapabilityWords {

    /** What is longer is none that we know. */
    private static final int LONGEST = 64;

    private final StringBuilder word = new StringBuilder();
    private int heldBack;
    private boolean over;

    /**
     * Takes more of the line, its line end included.
     *
     * @param base where the bytes begin that the edits are counted from
     */
    void follow(ByteBuf line, int from, int to, int base, List<Edit> edits) {
        int begin = from;
        for (int at = from; at < to && !over; at++) {
            char c = (char) (line.getByte(at) & 0xff);
            over = c == ']' || c == '\r' || c == '\n';
            if (over || c == ' ' || word.length() == LONGEST) {
                settle(begin - base, at - base, edits);
                begin = at;
            }
            word.append(c);
        }
        if (!over && begin < to) {
            edits.add(new Edit(begin - base, to - base, ""));
            heldBack = word.length();
        }
    }

    /** With the space before it. */
    private void settle(int from, int to, List<Edit> edits) {
        if (!ImapCapabilities.isThroughUs(word.toString().strip())) {
            edits.add(new Edit(from, to, ""));
        } else if (heldBack > 0) {
            edits.add(new Edit(from, from, word.substring(0, heldBack)));
        }
        word.setLength(0);
        heldBack = 0;
    }

    void clear() {
        word.setLength(0);
        heldBack = 0;
        over = false;
    }
}

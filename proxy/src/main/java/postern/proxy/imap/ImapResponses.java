package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import postern.proxy.relay.Edit;

/**
 * Follows what an upstream says, a response at a time, wherever its packets end: which command it
 * answers, whether it asks the client to go on, and what the client must not hear of it.
 */
final class ImapResponses {

    /** Whoever wants to know. */
    interface Hearer {

        /** Whether the client, too, waits to be asked to go on. */
        boolean clientWaits();

        void goAhead();

        void answered(String tag);

        /** It called a command bad, in these words. */
        void complained(String words);

        /** What we have to say behind the response that just ended; empty for nothing. */
        String due();

        /** Whether a goodbye could stand there. */
        boolean mayStop();
    }

    private final Hearer hearer;
    private final LineTail tail = new LineTail();
    private final ResponseHead head = new ResponseHead();
    private final CapabilityWords capabilities = new CapabilityWords();
    private final List<Edit> edits = new ArrayList<>();
    private long literalToCome;
    private boolean whole = true;
    private boolean behindLiteral;
    private boolean hidden;
    private boolean goodbye;

    ImapResponses(Hearer hearer) {
        this.hearer = hearer;
    }

    /** As {@link postern.proxy.relay.Farewell#follow} has it. */
    int follow(ByteBuf toClient) {
        edits.clear();
        int start = toClient.readerIndex();
        int end = toClient.writerIndex();
        int lastStop = start;
        for (int at = start; at < end; ) {
            if (literalToCome > 0) {
                long passed = Math.min(literalToCome, end - at);
                literalToCome -= passed;
                at += (int) passed;
                continue;
            }
            int lf = toClient.indexOf(at, end, (byte) '\n');
            tail.take(toClient, at, lf < 0 ? end : lf);
            line(toClient, at, lf < 0 ? end : lf + 1, start);
            at = lf < 0 ? end : lf + 1;
            if (lf >= 0) {
                endLine(at - start);
                lastStop = whole && hearer.mayStop() ? at : lastStop;
            }
        }
        return lastStop - start;
    }

    List<Edit> edits() {
        return edits;
    }

    /** Whether all that was said so far is. */
    boolean areWhole() {
        return whole;
    }

    /** Whether it has, at any time. */
    boolean saidGoodbye() {
        return goodbye;
    }

    private void line(ByteBuf said, int from, int to, int base) {
        boolean begins = whole;
        whole = false;
        int at = from;
        while (!behindLiteral && at < to && !head.isKnown() && head.takes((char) (said.getByte(at) & 0xff))) {
            at++;
        }
        hidden |= begins && head.isGoAhead() && !hearer.clientWaits();
        if (hidden) {
            edits.add(new Edit(from - base, to - base, ""));
        } else if (!behindLiteral && head.hasCapabilities()) {
            capabilities.follow(said, at, to, base, edits);
        }
    }

    private void endLine(int at) {
        long literal = !behindLiteral && head.isStatus() ? -1 : tail.literal();
        tail.clear();
        literalToCome = Math.max(literal, 0);
        behindLiteral = literal >= 0;
        if (behindLiteral) {
            return;
        }
        whole = true;
        goodbye |= head.isGoodbye();
        if (head.isGoAhead()) {
            hearer.goAhead();
        } else {
            head.complaint().ifPresent(hearer::complained);
            head.tag().ifPresent(hearer::answered);
        }
        head.clear();
        capabilities.clear();
        hidden = false;
        String due = hearer.due();
        if (!due.isEmpty()) {
            edits.add(new Edit(at, at, due));
        }
    }
}

package postern.credentials.sending;

import java.util.OptionalInt;
import postern.credentials.Sent;

/** What was sent with one app password on one day. Exact, however many sessions send at the same moment. */
final class Tally {

    private Sent stored;
    private Sent unwritten = Sent.NOTHING;

    Tally(Sent stored) {
        this.stored = stored;
    }

    synchronized boolean takeMessage(OptionalInt most) {
        return take(stored.messages() + unwritten.messages(), most, new Sent(1, 0));
    }

    synchronized boolean takeRecipient(OptionalInt most) {
        return take(stored.recipients() + unwritten.recipients(), most, new Sent(0, 1));
    }

    private boolean take(long before, OptionalInt most, Sent one) {
        boolean may = most.isEmpty() || before < most.getAsInt();
        unwritten = may ? unwritten.plus(one) : unwritten;
        return may;
    }

    synchronized void giveBack(Sent refused) {
        unwritten = unwritten.minus(refused);
    }

    synchronized Sent unwritten() {
        return unwritten;
    }

    /**
     * So much of it is in the store now.
     *
     * @param all what the store has of all nodes
     */
    synchronized void written(Sent some, Sent all) {
        unwritten = unwritten.minus(some);
        stored = all;
    }
}

package postern.web;

/** Ends a change that was only to be checked, in the middle of its transaction, with the answer to it. */
final class Checked extends RuntimeException {

    private final transient Reply reply;

    Checked(Reply reply) {
        super("only checked", null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}

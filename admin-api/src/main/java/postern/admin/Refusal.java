package postern.admin;

/** Ends a request with a problem. A stranger's mistake is told without a stack. */
final class Refusal extends RuntimeException {

    private final transient Reply.Refused reply;

    Refusal(Reply.Refused reply) {
        super(reply.detail(), null, false, false);
        this.reply = reply;
    }

    static Refusal malformed(String detail) {
        return new Refusal(Problem.MALFORMED_REQUEST.because(detail));
    }

    Reply.Refused reply() {
        return reply;
    }
}

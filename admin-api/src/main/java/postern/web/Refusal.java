package postern.web;

/** Ends a request with a problem. A stranger's mistake is told without a stack. */
public final class Refusal extends RuntimeException {

    private final transient Reply.Refused reply;

    public Refusal(Reply.Refused reply) {
        super(reply.detail(), null, false, false);
        this.reply = reply;
    }

    public static Refusal malformed(String detail) {
        return new Refusal(Problem.MALFORMED_REQUEST.because(detail));
    }

    Reply.Refused reply() {
        return reply;
    }
}

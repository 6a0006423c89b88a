package postern.credentials;

/** How much was sent on a day. Less than nothing when what was counted too early is taken back. */
public record Sent(long messages, long recipients) {

    public static final Sent NOTHING = new Sent(0, 0);

    public Sent plus(Sent more) {
        return new Sent(messages + more.messages, recipients + more.recipients);
    }

    public Sent minus(Sent less) {
        return new Sent(messages - less.messages, recipients - less.recipients);
    }
}

package postern.proxy.conversation;

/** An answer that the client waits for. They come in the order of its commands. */
public sealed interface Awaited {

    /** The upstream's. */
    record Theirs(Kind kind) implements Awaited {}

    /** The upstream's to another command than the client's; the client hears ours in its place. */
    record Instead(String ours) implements Awaited {}

    /** Ours, to what the upstream never heard of. */
    record Ours(String line) implements Awaited {}

    /** What may follow from an answer. */
    enum Kind {
        PLAIN,
        /** Whether a sender may be one. */
        SENDER,
        /** Whether a recipient may be one. */
        RECIPIENT,
        /** Lines up to a lone dot, if it is a good one. */
        LISTING,
        /** A message may come from the client, if it is a good one. */
        GO_AHEAD,
        /** Nothing: the upstream leaves. */
        LAST
    }
}

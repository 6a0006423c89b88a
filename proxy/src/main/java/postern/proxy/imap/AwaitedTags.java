package postern.proxy.imap;

import java.util.ArrayDeque;
import java.util.Deque;

/** The tags of commands that the upstream has not answered yet, in their order. */
final class AwaitedTags {

    /** Commands that may be without an answer at once; more wait. */
    private static final int MOST = 1_000;

    private final Deque<String> tags = new ArrayDeque<>();

    void add(String tag) {
        tags.add(tag);
    }

    void answered(String tag) {
        tags.removeFirstOccurrence(tag);
    }

    boolean has(String tag) {
        return tags.contains(tag);
    }

    boolean areMany() {
        return tags.size() >= MOST;
    }

    /** Whether no other command is without an answer but these two. */
    boolean areOnly(String one, String other) {
        return tags.stream().allMatch(tag -> tag.equals(one) || tag.equals(other));
    }
}

package postern.credentials;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What may be sent with one app password. Zero and absent differ: zero sends nothing, absent is as
 * much as the mailbox itself may.
 *
 * @param senders the addresses it may send as; empty: whatever the mailbox may
 */
public record Sending(OptionalInt messagesPerDay, OptionalInt recipientsPerDay, Set<LoginName> senders) {

    private static final int MOST_SENDERS = 40;

    public static final Sending UNLIMITED = new Sending(OptionalInt.empty(), OptionalInt.empty(), Set.of());

    public Sending {
        senders = Set.copyOf(senders);
        if (senders.size() > MOST_SENDERS) {
            throw new IllegalArgumentException(
                    "senders: " + senders.size() + " (expected: at most " + MOST_SENDERS + ")");
        }
        refuseNegative("messages_per_day", messagesPerDay);
        refuseNegative("recipients_per_day", recipientsPerDay);
    }

    private static void refuseNegative(String what, OptionalInt count) {
        if (count.isPresent() && count.getAsInt() < 0) {
            throw new IllegalArgumentException(what + ": " + count.getAsInt() + " (expected: 0 or more)");
        }
    }
}

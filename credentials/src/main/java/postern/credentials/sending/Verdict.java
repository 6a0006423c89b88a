package postern.credentials.sending;

import java.util.Locale;

/** Whether a sender or a recipient may pass. */
public enum Verdict {
    ALLOWED,
    /** Not one of the addresses that this app password sends as. */
    OTHER_SENDER,
    MESSAGES_SPENT,
    RECIPIENTS_SPENT,
    /** What it may, or how much it did, is not known at this moment. */
    UNKNOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

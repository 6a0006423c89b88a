package postern.config;

import java.time.Duration;

/**
 * What an upstream bears of one mailbox, on one node. 0: as much as comes.
 *
 * @param imapSessions one more is refused
 * @param submissions at once; one more waits
 * @param submissionWait for how long
 * @param messagesPerMinute one more waits its turn
 */
public record MailboxLimits(int imapSessions, int submissions, Duration submissionWait, int messagesPerMinute) {

    private static final int MOST = 10_000;

    static MailboxLimits from(Section in) {
        return new MailboxLimits(
                in.number("imap-sessions", 0, MOST),
                in.number("submissions", 0, MOST),
                in.duration("submission-wait", Duration.ZERO, Duration.ofMinutes(5)),
                in.number("messages-per-minute", 0, MOST));
    }
}

package postern.proxy.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import postern.config.MailboxLimits;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.TickerTime;

/**
 * Keeps to what one upstream bears of one mailbox by one protocol, on this node: so many at once, so
 * many messages a minute, and nothing at all while it has asked for a pause. Who would be one too many
 * by SMTP waits for a while, since a scanner does not come again by itself.
 */
public final class MailboxTurns {

    private static final int MOST_MAILBOXES = 10_000;

    /** Whatever the arithmetic says: clients wait for minutes, and not for ever. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** A place that is taken until it is given back, once. */
    public final class Turn {

        private final LoginName mailbox;
        private boolean over;

        private Turn(LoginName mailbox) {
            this.mailbox = mailbox;
        }

        public void end() {
            synchronized (MailboxTurns.this) {
                if (!over) {
                    over = true;
                    passOn(mailbox);
                }
            }
        }
    }

    private static final class Queue {
        private final Deque<Promise<Turn>> waiting = new ArrayDeque<>();
        private int inside;
    }

    private final String upstream;
    private final int most;
    private final Duration patience;
    private final int messagesPerMinute;
    private final Ticker ticker;
    private final Map<LoginName, Queue> queues = new HashMap<>();
    private final Cache<LoginName, Long> pauses;
    private final Cache<LoginName, Bucket> messages;

    /**
     * Keeps to these limits.
     *
     * @param upstream as operators know it
     */
    public MailboxTurns(String upstream, MailboxLimits limits, Protocol protocol, Ticker ticker) {
        this.upstream = upstream;
        this.most = switch (protocol) {
            case IMAP -> limits.imapSessions();
            case SMTP -> limits.submissions();
            case POP3, ACTIVESYNC, DAV -> 0;
        };
        this.patience = protocol == Protocol.SMTP ? limits.submissionWait() : Duration.ZERO;
        this.messagesPerMinute = limits.messagesPerMinute();
        this.ticker = ticker;
        this.pauses = remembered(ticker, Duration.ofMinutes(10));
        this.messages = remembered(ticker, Duration.ofMinutes(2));
    }

    private static <T> Cache<LoginName, T> remembered(Ticker ticker, Duration unused) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_MAILBOXES)
                .expireAfterAccess(unused)
                .ticker(ticker)
                .build();
    }

    /** Fails by an {@link UpstreamException} when there is no place, or none in time. */
    public Future<Turn> take(LoginName mailbox, EventLoop loop) {
        Promise<Turn> turn = loop.newPromise();
        Long until = pauses.getIfPresent(mailbox);
        if (until != null && until - ticker.read() > 0) {
            return turn.setFailure(refusal(UpstreamFailure.THROTTLED, mailbox, "it has asked for a pause"));
        }
        synchronized (this) {
            Queue queue = queues.computeIfAbsent(mailbox, _ -> new Queue());
            if (most == 0 || queue.inside < most) {
                queue.inside++;
                return turn.setSuccess(new Turn(mailbox));
            }
            queue.waiting.add(turn);
        }
        var _ = loop.schedule(() -> giveUp(mailbox, turn), patience.toNanos(), TimeUnit.NANOSECONDS);
        return turn;
    }

    private void giveUp(LoginName mailbox, Promise<Turn> turn) {
        synchronized (this) {
            Queue queue = queues.get(mailbox);
            if (queue != null) {
                queue.waiting.remove(turn);
            }
        }
        turn.tryFailure(refusal(UpstreamFailure.BUSY, mailbox, most + " at once, and no place in time"));
    }

    /** To who has waited longest, if anybody still does. */
    private void passOn(LoginName mailbox) {
        Queue queue = queues.get(mailbox);
        if (queue == null) {
            return;
        }
        for (Promise<Turn> next = queue.waiting.poll(); next != null; next = queue.waiting.poll()) {
            if (next.trySuccess(new Turn(mailbox))) {
                return;
            }
        }
        if (--queue.inside == 0) {
            queues.remove(mailbox);
        }
    }

    /** How many wait for a place. */
    synchronized int waiting() {
        return queues.values().stream().mapToInt(queue -> queue.waiting.size()).sum();
    }

    /** Nobody asks for that mailbox for so long. */
    public void pause(LoginName mailbox, Duration pause) {
        pauses.put(mailbox, ticker.read() + pause.toNanos());
    }

    /** Of one session in that mailbox. */
    public Manners manners(LoginName mailbox) {
        return new Manners() {

            @Override
            public Duration beforeTheNextMessage() {
                return messagesPerMinute == 0 ? Duration.ZERO : rest(mailbox);
            }

            @Override
            public void complained(String words) {
                ProviderWords.meaningOf(words)
                        .filter(why -> why == UpstreamFailure.THROTTLED)
                        .ifPresent(_ -> pause(mailbox, ProviderWords.pauseIn(words)));
            }
        };
    }

    private Duration rest(LoginName mailbox) {
        Bucket bucket = messages.get(mailbox, _ -> new TickerTime(ticker).perMinute(messagesPerMinute));
        Duration rest = Duration.ofNanos(bucket.consumeIgnoringRateLimits(1));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    private UpstreamException refusal(UpstreamFailure why, LoginName mailbox, String seen) {
        return new UpstreamException(
                why, upstream, "opening the mailbox " + mailbox, seen, "upstreams." + upstream + ".limits");
    }
}

package postern.credentials.sending;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.Authenticator;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.Protocol;
import postern.credentials.Sending;
import postern.credentials.Sent;
import postern.credentials.StoreUnavailableException;

/**
 * Asked for each sender and each recipient what the app password of a session lets it send. Never
 * waits: what has to be read is read at the login, see {@link #readingFirst}.
 *
 * <p>Who may send as nobody in particular sends as whom the mailbox may; a list of senders is the
 * whole list, the login name left out if it is not in it, and the null sender too. A message counts when its sender has passed, a
 * recipient when it has, whatever becomes of the message, unless the mail server refuses that one.
 */
public final class SendingRules {

    private static final Logger LOG = LoggerFactory.getLogger(SendingRules.class);

    private final KnownSending known;
    private final SendingLedger ledger;
    private final Executor readers;

    /**
     * @param readers starts a virtual thread for each look into the store
     */
    public SendingRules(KnownSending known, SendingLedger ledger, Executor readers) {
        this.known = known;
        this.ledger = ledger;
        this.readers = readers;
    }

    /** Who will send is told that they may log in once it is known how much they have sent. */
    public Authenticator readingFirst(Authenticator decides) {
        return attempt -> decides.authenticate(attempt)
                .thenCompose(outcome -> attempt.protocol() == Protocol.SMTP && outcome instanceof Accepted login
                        ? read(login.name(), login.used()).thenApply(_ -> outcome)
                        : CompletableFuture.<LoginOutcome>completedFuture(outcome));
    }

    /**
     * Whether a message may be begun.
     *
     * @param address as the client wrote it; empty for the null sender
     */
    public Verdict sender(LoginName owner, AppPasswordId used, String address) {
        return judge(owner, used, (sending, tally) -> {
            if (!sending.senders().isEmpty()
                    && nameIn(address).filter(sending.senders()::contains).isEmpty()) {
                return Verdict.OTHER_SENDER;
            }
            return tally.isEmpty() || tally.get().takeMessage(sending.messagesPerDay())
                    ? Verdict.ALLOWED
                    : Verdict.MESSAGES_SPENT;
        });
    }

    public Verdict recipient(LoginName owner, AppPasswordId used) {
        return judge(
                owner,
                used,
                (sending, tally) -> tally.isEmpty() || tally.get().takeRecipient(sending.recipientsPerDay())
                        ? Verdict.ALLOWED
                        : Verdict.RECIPIENTS_SPENT);
    }

    /** The mail server has refused what had passed here. */
    public void refused(AppPasswordId used, Sent what) {
        ledger.today(used).ifPresent(tally -> tally.giveBack(what));
    }

    private Verdict judge(LoginName owner, AppPasswordId used, BiFunction<Sending, Optional<Tally>, Verdict> rule) {
        Optional<Sending> sending = known.of(owner, used);
        Optional<Tally> tally = ledger.today(used);
        if (sending.isEmpty() || (tally.isEmpty() && isCounted(sending.get()))) {
            var _ = read(owner, used);
            return Verdict.UNKNOWN;
        }
        return rule.apply(sending.get(), tally);
    }

    private static boolean isCounted(Sending sending) {
        return sending.messagesPerDay().isPresent()
                || sending.recipientsPerDay().isPresent();
    }

    /** Nobody is refused a login for want of it: they hear "later" when they send. */
    private CompletionStage<Void> read(LoginName owner, AppPasswordId used) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        if (known.of(owner, used)
                                .filter(SendingRules::isCounted)
                                .isPresent()) {
                            ledger.read(used);
                        }
                    } catch (StoreUnavailableException | RuntimeException e) {
                        LOG.atWarn()
                                .addKeyValue("app_password", used)
                                .addKeyValue("cause", e.getMessage())
                                .log("what was sent today is not known");
                    }
                },
                readers);
    }

    private static Optional<LoginName> nameIn(String address) {
        try {
            return Optional.of(new LoginName(address));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

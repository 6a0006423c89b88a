package postern.proxy.smtp;

import java.util.Optional;
import java.util.function.Consumer;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Sent;
import postern.credentials.sending.SendingRules;
import postern.credentials.sending.Verdict;

/**
 * What its app password lets a session send, in the words of SMTP.
 *
 * @param observer told of each verdict
 */
public record AppPasswordRules(SendingRules rules, LoginName owner, AppPasswordId used, Consumer<Verdict> observer)
        implements EnvelopeRules {

    @Override
    public Optional<String> objectionToSender(String address) {
        return objection(rules.sender(owner, used, address));
    }

    @Override
    public Optional<String> objectionToRecipient(String address) {
        return objection(rules.recipient(owner, used));
    }

    @Override
    public void senderRefused() {
        rules.refused(used, new Sent(1, 0));
    }

    @Override
    public void recipientRefused() {
        rules.refused(used, new Sent(0, 1));
    }

    private Optional<String> objection(Verdict verdict) {
        observer.accept(verdict);
        return switch (verdict) {
            case ALLOWED -> Optional.empty();
            case OTHER_SENDER -> Optional.of("550 5.7.1 This app password does not send as that address.");
            case MESSAGES_SPENT -> Optional.of("450 4.7.1 No more messages by this app password today.");
            case RECIPIENTS_SPENT -> Optional.of("452 4.7.1 No more recipients by this app password today.");
            case UNKNOWN -> Optional.of("451 4.7.1 Try again in a moment.");
        };
    }
}

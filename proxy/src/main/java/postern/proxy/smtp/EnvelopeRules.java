package postern.proxy.smtp;

import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/**
 * What the app password that opened a session lets it send: asked for each sender and recipient,
 * before the upstream hears of them. One for each session; called on its event loop, so it must not
 * wait.
 */
public interface EnvelopeRules {

    /** Lets every sender and recipient pass: the upstream has rules of its own. */
    EnvelopeRules NONE = new EnvelopeRules() {

        @Override
        public Optional<String> objectionToSender(String address) {
            return Optional.empty();
        }

        @Override
        public Optional<String> objectionToRecipient(String address) {
            return Optional.empty();
        }
    };

    /** Where the rules of a new session come from. */
    interface Source {
        EnvelopeRules of(LoginName name, AppPasswordId used);
    }

    /**
     * What to answer in the upstream's place, code included; nothing when it may pass.
     *
     * @param address as it stands between the angle brackets of MAIL; empty for the null sender
     */
    Optional<String> objectionToSender(String address);

    /**
     * The same for RCPT.
     *
     * @param address as it stands between the angle brackets
     */
    Optional<String> objectionToRecipient(String address);

    /** The mail server refuses a sender that had passed. */
    default void senderRefused() {}

    /** The same of a recipient. */
    default void recipientRefused() {}
}

package postern.proxy.smtp;

import java.util.Optional;
import postern.proxy.conversation.Phrases;
import postern.proxy.conversation.Refusal;
import postern.proxy.sasl.SaslMechanism;

/**
 * The words of an SMTP login, with the codes of RFC 4954 and 3207.
 *
 * @param mail the MAIL that is the login of a client which needs no other; empty when AUTH is
 */
record SmtpPhrases(Optional<String> mail) implements Phrases {

    /** As everybody hears who sends without a login. */
    static final String LOG_IN_FIRST = "530 5.7.0 Log in first.";

    /** Of AUTH. */
    SmtpPhrases() {
        this(Optional.empty());
    }

    static String goodbye(String why) {
        return "421 4.7.0 " + why + ".";
    }

    @Override
    public String refusal(Refusal why) {
        return switch (why) {
            case WRONG -> mail.isPresent() ? LOG_IN_FIRST : "535 5.7.8 Wrong user name or app password.";
            case EXPIRED -> mail.isPresent() ? LOG_IN_FIRST : "535 5.7.8 This app password has expired.";
            case LATER -> "454 4.7.0 Try again in a few minutes.";
            case NOT_AS_ANOTHER -> "535 5.7.8 Only as yourself.";
            case NOT_WITHOUT_TLS -> "530 5.7.0 Turn on TLS first.";
            case ASK_SOMEBODY -> "454 4.7.0 The mail server takes no mail from this mailbox.";
            case CONNECT_AGAIN -> "454 4.7.0 This mailbox has to be connected again.";
            case FULL -> "421 4.7.0 Too many sessions at once.";
            case BUSY -> "454 4.7.0 The mail server takes no more from this mailbox now.";
            case PAUSE -> "454 4.7.0 The mail server asks for a pause. Try again in a few minutes.";
            case NOT_REACHABLE -> "454 4.7.0 The mail server is not reachable.";
        };
    }

    /** Some clients check for the space. */
    @Override
    public String challenge(String base64) {
        return "334 " + base64;
    }

    @Override
    public String malformed(SaslMechanism mechanism) {
        return "501 5.5.2 That is no " + mechanism + " message.";
    }

    @Override
    public String cancelled() {
        return "501 5.7.0 Cancelled.";
    }
}

package postern.proxy.imap;

import java.util.List;
import postern.proxy.conversation.Phrases;
import postern.proxy.conversation.Refusal;
import postern.proxy.sasl.SaslMechanism;

/**
 * The words of an IMAP login, with the codes of RFC 5530.
 *
 * @param tag of the command that waits for them
 */
record ImapPhrases(String tag) implements Phrases {

    static String goodbye(String why) {
        return "* BYE " + why + ".";
    }

    @Override
    public String refusal(Refusal why) {
        return tag
                + switch (why) {
                    case WRONG -> " NO [AUTHENTICATIONFAILED] Wrong user name or app password.";
                    case EXPIRED -> " NO [EXPIRED] This app password has expired.";
                    case LATER -> " NO [UNAVAILABLE] Try again in a few minutes.";
                    case NOT_AS_ANOTHER -> " NO [AUTHORIZATIONFAILED] Only as yourself.";
                    case NOT_WITHOUT_TLS -> " NO [PRIVACYREQUIRED] Turn on TLS.";
                    case ASK_SOMEBODY -> " NO [CONTACTADMIN] The mail server will not open this mailbox.";
                    case CONNECT_AGAIN -> " NO [CONTACTADMIN] This mailbox has to be connected again.";
                    case FULL -> " NO [LIMIT] Too many sessions at once.";
                    case BUSY -> " NO [LIMIT] The mail server opens no more of this mailbox now.";
                    case PAUSE -> " NO [UNAVAILABLE] The mail server asks for a pause. Try again in a few minutes.";
                    case NOT_REACHABLE -> " NO [UNAVAILABLE] The mail server is not reachable.";
                };
    }

    @Override
    public String challenge(String base64) {
        return "+ " + base64;
    }

    @Override
    public String malformed(SaslMechanism mechanism) {
        return tag + " BAD That is no " + mechanism + " message.";
    }

    @Override
    public String cancelled() {
        return tag + " BAD Cancelled.";
    }

    String welcome(List<String> capabilities) {
        return tag + " OK [CAPABILITY " + String.join(" ", capabilities) + "] Logged in.";
    }
}

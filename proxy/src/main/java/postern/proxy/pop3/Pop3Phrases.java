package postern.proxy.pop3;

import postern.proxy.conversation.Phrases;
import postern.proxy.conversation.Refusal;
import postern.proxy.sasl.SaslMechanism;

/** The words of a POP3 login, with the codes of RFC 2449 and 3206: by them a client knows whether to ask its owner. */
record Pop3Phrases() implements Phrases {

    static String goodbye(String why) {
        return "-ERR " + why + ". Closing.";
    }

    @Override
    public String refusal(Refusal why) {
        return switch (why) {
            case WRONG -> "-ERR [AUTH] Wrong user name or app password.";
            case EXPIRED -> "-ERR [AUTH] This app password has expired.";
            case LATER -> "-ERR [SYS/TEMP] Try again in a few minutes.";
            case NOT_AS_ANOTHER -> "-ERR [AUTH] Only as yourself.";
            case NOT_WITHOUT_TLS -> "-ERR Turn on TLS.";
            case ASK_SOMEBODY -> "-ERR [SYS/PERM] The mail server will not open this mailbox.";
            case CONNECT_AGAIN -> "-ERR [SYS/PERM] This mailbox has to be connected again.";
            case FULL -> "-ERR [IN-USE] Too many sessions at once.";
            case BUSY -> "-ERR [IN-USE] The mailbox is in use.";
            case PAUSE -> "-ERR [LOGIN-DELAY] The mail server asks for a pause. Try again in a few minutes.";
            case NOT_REACHABLE -> "-ERR [SYS/TEMP] The mail server is not reachable.";
        };
    }

    @Override
    public String challenge(String base64) {
        return "+ " + base64;
    }

    @Override
    public String malformed(SaslMechanism mechanism) {
        return "-ERR That is no " + mechanism + " message.";
    }

    @Override
    public String cancelled() {
        return "-ERR Cancelled.";
    }
}

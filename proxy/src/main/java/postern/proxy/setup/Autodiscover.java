package postern.proxy.setup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Optional;
import postern.config.SetupOffer;
import postern.config.SetupOffer.ClientTls;
import postern.config.SetupOffer.MailPlace;
import postern.proxy.setup.Offers.Asked;

/**
 * What Outlook and phones ask (MS-OXDSCLI, MS-ASCMD 2.2.1.1; the JSON form is in no specification). Exchange wants a
 * login first, and clients that were sent to a stranger's server gave it theirs: here nobody is asked for one, and of
 * another domain nothing is told.
 */
final class Autodiscover {

    private static final String RESPONSE = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static final String OUTLOOK =
            "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    private static final String MOBILESYNC =
            "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

    private final Offers offers;

    Autodiscover(Offers offers) {
        this.offers = offers;
    }

    /** What is no question is an error with status 200, as Exchange has it: with another, a client reads no further. */
    SetupReply pox(byte[] body) {
        return PoxQuestion.read(body)
                .map(this::answered)
                .orElseGet(() -> SetupReply.xml(200, error(600, "Invalid Request")));
    }

    private SetupReply answered(PoxQuestion question) {
        Optional<Asked> asked = offers.of(question.address());
        if (asked.isEmpty()) {
            return SetupReply.xml(404, error(500, "The email address can't be found."));
        }
        Optional<String> answer = switch (question.schema()) {
            case OUTLOOK -> outlook(asked.get());
            case MOBILESYNC -> mobilesync(asked.get());
            default -> Optional.empty();
        };
        return answer.map(xml -> SetupReply.xml(200, xml))
                .orElseGet(() -> SetupReply.xml(200, error(601, "Provider is not available")));
    }

    private static Optional<String> outlook(Asked asked) {
        SetupOffer offer = asked.offer();
        if (offer.incoming().isEmpty() && offer.smtp().isEmpty()) {
            return Optional.empty();
        }
        XmlText xml = new XmlText("")
                .open("Autodiscover", RESPONSE)
                .open("Response", OUTLOOK)
                .open("User")
                .leaf("DisplayName", asked.address().value())
                .close()
                .open("Account")
                .leaf("AccountType", "email")
                .leaf("Action", "settings");
        offer.imap().ifPresent(place -> protocol(xml, "IMAP", place, asked).close());
        offer.pop3().ifPresent(place -> protocol(xml, "POP3", place, asked).close());
        offer.smtp()
                .ifPresent(place -> protocol(xml, "SMTP", place, asked)
                        .leaf("UsePOPAuth", "on")
                        .leaf("SMTPLast", "off")
                        .close());
        return Optional.of(xml.done());
    }

    /** SPA is on unless it is off, and is NTLM. SSL is what older ones read, and Encryption goes over it. */
    private static XmlText protocol(XmlText xml, String type, MailPlace place, Asked asked) {
        return xml.open("Protocol")
                .leaf("Type", type)
                .leaf("Server", place.host())
                .leaf("Port", String.valueOf(place.port()))
                .leaf("DomainRequired", "off")
                .leaf("LoginName", asked.address().value())
                .leaf("SPA", "off")
                .leaf("SSL", "on")
                .leaf("Encryption", place.tls() == ClientTls.IMPLICIT ? "SSL" : "TLS")
                .leaf("AuthRequired", "on");
    }

    private static Optional<String> mobilesync(Asked asked) {
        return activeSync(asked.offer())
                .map(url -> new XmlText("")
                        .open("Autodiscover", RESPONSE)
                        .open("Response", MOBILESYNC)
                        .leaf("Culture", "en:us")
                        .open("User")
                        .leaf("DisplayName", asked.address().value())
                        .leaf("EMailAddress", asked.address().value())
                        .close()
                        .open("Action")
                        .open("Settings")
                        .open("Server")
                        .leaf("Type", "MobileSync")
                        .leaf("Url", url)
                        .leaf("Name", url)
                        .done());
    }

    private static String error(int code, String message) {
        return new XmlText("")
                .open("Autodiscover", RESPONSE)
                .open("Response")
                .open("Error")
                .leaf("ErrorCode", String.valueOf(code))
                .leaf("Message", message)
                .leaf("DebugData", "")
                .done();
    }

    private static Optional<String> activeSync(SetupOffer offer) {
        return Optional.of("https://" + offer.https().authority() + "/Microsoft-Server-ActiveSync")
                .filter(_ -> offer.activesync());
    }

    /** One question, one word for an answer: where is this protocol to be had? */
    SetupReply json(Optional<String> address, Optional<String> protocol) {
        if (address.isEmpty() || protocol.isEmpty()) {
            return failure(400, "MandatoryParameterMissing", "A mandatory parameter is missing: Email or Protocol.");
        }
        Optional<Asked> asked = offers.of(address.get());
        if (asked.isEmpty()) {
            return failure(404, "UserNotFound", "The given user is not found.");
        }
        SetupOffer offer = asked.get().offer();
        return switch (protocol.get().toLowerCase(Locale.ROOT)) {
            case "activesync" -> found("ActiveSync", activeSync(offer));
            case "autodiscoverv1" ->
                found("AutodiscoverV1", Optional.of("https://" + offer.https().authority() + SetupPath.POX));
            default -> failure(400, "InvalidProtocol", "Supported protocols: ActiveSync, AutodiscoverV1.");
        };
    }

    private static SetupReply found(String protocol, Optional<String> url) {
        return url.map(there -> SetupReply.json(200, object("Protocol", protocol, "Url", there)))
                .orElseGet(() ->
                        failure(404, "ProtocolNotSupported", "The given protocol is not supported for this user."));
    }

    private static SetupReply failure(int status, String code, String message) {
        return SetupReply.json(status, object("ErrorCode", code, "ErrorMessage", message));
    }

    private static String object(String name, String value, String otherName, String otherValue) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(name, value)
                .put(otherName, otherValue)
                .toString();
    }
}

package postern.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How people sign in at a provider to give their consent.
 *
 * @param issuer what the provider calls itself
 * @param parameters of the page, besides those that are the protocol's own
 * @param names by the mailbox's, where somebody signs in by another
 */
public record SignInSettings(Optional<String> issuer, Map<String, String> parameters, Map<String, String> names) {

    private static final String NAME = "name@domain";

    /** What stands between us and a forged answer is not for a file to set. */
    private static final Set<String> OURS = Set.of(
            "client_id",
            "client_secret",
            "code_challenge",
            "code_challenge_method",
            "nonce",
            "redirect_uri",
            "request",
            "request_uri",
            "response_mode",
            "response_type",
            "scope",
            "state");

    static SignInSettings from(Section in) {
        return new SignInSettings(
                Optional.of(in.text(
                                "issuer",
                                "https://…, or http://… on this machine",
                                text -> text.isEmpty() || Values.isEndpoint(text)))
                        .filter(text -> !text.isEmpty()),
                parameters(in),
                names(in));
    }

    private static Map<String, String> parameters(Section in) {
        Map<String, String> all = in.texts("authorization-parameters", "printable ASCII", Values::isPlain);
        for (String name : all.keySet()) {
            if (!name.matches("[a-z_]+") || OURS.contains(name)) {
                in.mistake("authorization-parameters", name, "a parameter of the provider's own, as access_type");
            }
        }
        return all;
    }

    private static Map<String, String> names(Section in) {
        Map<String, String> all = in.texts("sign-in-names", NAME, SignInSettings::isName);
        for (String mailbox : all.keySet()) {
            if (!isName(mailbox)) {
                in.mistake("sign-in-names", mailbox, NAME + ", in quotes");
            }
        }
        return all;
    }

    private static boolean isName(String text) {
        return text.matches("[^@\\s]+@[^@\\s]+");
    }
}

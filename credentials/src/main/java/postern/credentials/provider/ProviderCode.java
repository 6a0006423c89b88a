package postern.credentials.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What providers say when they give no token, in words: what happened, and what to do. Microsoft's have
 * a number (AADSTS), which says more than OAuth's own code beside it; the others are OAuth's.
 */
enum ProviderCode {
    AADSTS700082(Verdict.CONSENT_LOST, "the refresh token was not used for 90 days", Cure.SIGN_IN),
    AADSTS70008(Verdict.CONSENT_LOST, "the refresh token has expired", Cure.SIGN_IN),
    AADSTS700084(Verdict.CONSENT_LOST, "the refresh token was made for a web page, and lasts a day", Cure.PLATFORM),
    AADSTS70043(
            Verdict.CONSENT_LOST,
            "conditional access ends every sign-in after a while (sign-in frequency), and counts from the first",
            "sign in again; to keep it from happening, exempt this app from the sign-in frequency"),
    AADSTS50173(Verdict.CONSENT_LOST, "the password was changed, or the sign-ins were revoked", Cure.SIGN_IN),
    AADSTS50133(Verdict.CONSENT_LOST, "the password was changed or has expired", Cure.SIGN_IN),
    AADSTS50055(Verdict.CONSENT_LOST, "the password has expired", "set a new password, then sign in again"),
    AADSTS50076(Verdict.CONSENT_LOST, "a second step is demanded now", Cure.SECOND_STEP),
    AADSTS50074(Verdict.CONSENT_LOST, "a second step is demanded now", Cure.SECOND_STEP),
    AADSTS50078(Verdict.CONSENT_LOST, "the second step was too long ago", Cure.SECOND_STEP),
    AADSTS50079(Verdict.CONSENT_LOST, "a second step has to be set up", "set it up, then sign in again"),
    AADSTS50072(Verdict.CONSENT_LOST, "a second step has to be set up", "set it up, then sign in again"),
    AADSTS53000(Verdict.CONSENT_LOST, "conditional access demands a compliant device", Cure.EXEMPT),
    AADSTS53001(Verdict.CONSENT_LOST, "conditional access demands a device of the domain", Cure.EXEMPT),
    AADSTS53003(Verdict.CONSENT_LOST, "conditional access blocks it", Cure.EXEMPT),
    AADSTS65001(
            Verdict.CONSENT_LOST,
            "nobody has consented to what this app asks for",
            "sign in and consent, or have an administrator consent for all"),
    AADSTS65004(Verdict.CONSENT_LOST, "the consent was declined", "sign in again and accept"),
    AADSTS50034(Verdict.CONSENT_LOST, "there is no such account in this tenant", "check the account and the tenant"),
    AADSTS50057(Verdict.CONSENT_LOST, "the account is disabled", "have it enabled, then sign in again"),
    AADSTS500341(Verdict.CONSENT_LOST, "the account was deleted", "sign in with another, or delete the grant"),
    AADSTS50020(Verdict.CONSENT_LOST, "the account is of another tenant", "sign in with one of this tenant"),
    AADSTS50105(
            Verdict.CONSENT_LOST,
            "the account is not assigned to this app",
            "assign it in Enterprise applications, then sign in again"),
    AADSTS7000012(
            Verdict.CONSENT_LOST,
            "the refresh token was given by another tenant or authority",
            "check the tenant in token-endpoint; sign in again"),
    AADSTS90094(
            Verdict.CONSENT_LOST, "only an administrator may consent to what this app asks for", Cure.ADMINISTRATOR),
    AADSTS90095(
            Verdict.CONSENT_LOST, "only an administrator may consent to what this app asks for", Cure.ADMINISTRATOR),
    AADSTS54005(Verdict.CONSENT_LOST, "the code was used before", Cure.SIGN_IN),

    AADSTS7000215(
            Verdict.MISCONFIGURED,
            "the client secret is wrong",
            "put the secret's value into client-secret, not its id"),
    AADSTS7000222(
            Verdict.MISCONFIGURED, "the client secret has expired", "make a new one, and put it in client-secret"),
    AADSTS7000218(
            Verdict.MISCONFIGURED,
            "it wants a client secret or an assertion",
            "set client-secret or client-key-file, or allow public client flows"),
    AADSTS700025(Verdict.MISCONFIGURED, "the app is a public one, and sends a secret", "take client-secret away"),
    AADSTS700016(Verdict.MISCONFIGURED, "this app is not in the tenant", Cure.APP_AND_TENANT),
    AADSTS90002(Verdict.MISCONFIGURED, "there is no such tenant", Cure.APP_AND_TENANT),
    AADSTS900023(Verdict.MISCONFIGURED, "the tenant is none", Cure.APP_AND_TENANT),
    AADSTS50194(Verdict.MISCONFIGURED, "the app is for one tenant only", Cure.APP_AND_TENANT),
    AADSTS50011(Verdict.MISCONFIGURED, "it does not know where it would send people back to", Cure.REDIRECT),
    AADSTS500113(Verdict.MISCONFIGURED, "it does not know where it would send people back to", Cure.REDIRECT),
    AADSTS501481(Verdict.CONSENT_LOST, "the code was given to somebody else", "begin again"),
    AADSTS7000112(Verdict.MISCONFIGURED, "the app is disabled", "enable it in Enterprise applications"),
    AADSTS700027(
            Verdict.MISCONFIGURED,
            "the signature of our key is not taken",
            "upload client-certificate-file to the app; see that it has not expired"),
    AADSTS700024(Verdict.MISCONFIGURED, "our assertion is not valid now", "set this machine's clock right"),
    AADSTS70011(Verdict.MISCONFIGURED, "a scope is none", Cure.SCOPES),
    AADSTS1002012(Verdict.MISCONFIGURED, "the scope is none for client credentials", Cure.SCOPES),
    AADSTS28000(Verdict.MISCONFIGURED, "the scopes are of two resources", Cure.SCOPES),
    AADSTS500011(Verdict.MISCONFIGURED, "what the scopes belong to is not in the tenant", Cure.SCOPES),
    AADSTS65005(Verdict.MISCONFIGURED, "the app asks for more than it is registered for", Cure.SCOPES),
    AADSTS650057(Verdict.MISCONFIGURED, "the app asks for what it is not registered for", Cure.SCOPES),
    AADSTS500201(Verdict.MISCONFIGURED, "personal accounts do not work there", "use /oauth2/v2.0/ in token-endpoint"),
    AADSTS501051(Verdict.MISCONFIGURED, "the app is not assigned to a role", "assign it, or consent as administrator"),

    AADSTS90033(Verdict.LATER, "it has trouble of its own", Cure.NOTHING),
    AADSTS90012(Verdict.LATER, "it was too slow itself", Cure.NOTHING),
    AADSTS90006(Verdict.LATER, "it has trouble of its own", Cure.NOTHING),
    AADSTS90055(Verdict.LATER, "it is asked too often", Cure.NOTHING),
    AADSTS50196(Verdict.LATER, "it is asked the same too often", Cure.NOTHING),

    INVALID_GRANT(Verdict.CONSENT_LOST, "what was given before is taken no more", Cure.SIGN_IN),
    INTERACTION_REQUIRED(Verdict.CONSENT_LOST, "it wants to see the owner", Cure.SIGN_IN),
    CONSENT_REQUIRED(Verdict.CONSENT_LOST, "it wants a new consent", Cure.SIGN_IN),
    LOGIN_REQUIRED(Verdict.CONSENT_LOST, "it wants to see the owner", Cure.SIGN_IN),
    ACCESS_DENIED(Verdict.CONSENT_LOST, "the consent was declined", "sign in again and accept"),
    AUTHORIZATION_DECLINED(Verdict.CONSENT_LOST, "the consent was declined", "sign in again and accept"),
    EXPIRED_TOKEN(Verdict.CONSENT_LOST, "nobody typed the code in time", "begin again"),
    ADMIN_POLICY_ENFORCED(
            Verdict.MISCONFIGURED,
            "the administrator of this Workspace does not let this app have what it asks for",
            "trust it, at admin.google.com in API controls"),
    INVALID_CLIENT(Verdict.MISCONFIGURED, "it does not know us by what we show", "check client-id and client-secret"),
    UNAUTHORIZED_CLIENT(
            Verdict.MISCONFIGURED,
            "we may not ask for tokens like this",
            "check how the app is registered; at Google, the scopes of the domain-wide delegation"),
    INVALID_SCOPE(Verdict.MISCONFIGURED, "a scope is none, or none of ours", Cure.SCOPES),
    AUTHORIZATION_PENDING(Verdict.LATER, "nobody has typed the code yet", "type it on the provider's page"),
    SLOW_DOWN(Verdict.LATER, "it is asked too often", Cure.NOTHING),
    SERVER_ERROR(Verdict.LATER, "it has trouble of its own", Cure.NOTHING),
    TEMPORARILY_UNAVAILABLE(Verdict.LATER, "it has too much to do", Cure.NOTHING),
    OTHER(Verdict.MISCONFIGURED, "it does not take what we ask", "look up its code, and check the section oauth");

    private static final Pattern NUMBERED = Pattern.compile("AADSTS\\d{4,8}+");
    private static final Map<String, ProviderCode> ALL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ProviderCode::name, Function.identity()));

    /** Who can do something about it. */
    enum Verdict {
        CONSENT_LOST,
        MISCONFIGURED,
        LATER
    }

    private static final class Cure {
        static final String SIGN_IN = "the owner signs in again and consents";
        static final String SECOND_STEP = "the owner signs in again with the second step; or exempt this app";
        static final String EXEMPT = "exempt this app in conditional access, then sign in again";
        static final String PLATFORM = "register the redirect as \"Web\", not as \"SPA\"; sign in again";
        static final String ADMINISTRATOR = "have an administrator consent for all, then sign in again";
        static final String REDIRECT = "register the place that consent.public-url leads to, as \"Web\"";
        static final String APP_AND_TENANT = "check client-id, and the tenant in token-endpoint";
        static final String SCOPES = "check scopes, and what the app is registered for";
        static final String NOTHING = "nothing; it is asked again later";
    }

    private final Verdict verdict;
    private final String cause;
    private final String cure;

    ProviderCode(Verdict verdict, String cause, String cure) {
        this.verdict = verdict;
        this.cause = cause;
        this.cure = cure;
    }

    /** By the first number in the description that is known here, else by OAuth's own code. */
    static ProviderCode of(String error, String description) {
        Matcher numbers = NUMBERED.matcher(description);
        while (numbers.find()) {
            ProviderCode known = ALL.get(numbers.group());
            if (known != null) {
                return known;
            }
        }
        return ALL.getOrDefault(error.toUpperCase(Locale.ROOT), OTHER);
    }

    Verdict verdict() {
        return verdict;
    }

    String cause() {
        return cause;
    }

    String cure() {
        return cure;
    }

    /** What is to be told beside OAuth's code, if it has a number. */
    Optional<String> inCode() {
        return name().startsWith("AADSTS") ? Optional.of(name()) : Optional.empty();
    }
}

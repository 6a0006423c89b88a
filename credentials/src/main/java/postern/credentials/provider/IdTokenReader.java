package postern.credentials.provider;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import postern.credentials.LoginName;

/**
 * Believes an ID token that came from the token endpoint itself, in the answer to our own request: TLS says
 * whose word it is, and no signature is checked (OpenID Connect Core 1.0, 3.1.3.7, 6). One that came by any
 * other way must not be read here.
 */
final class IdTokenReader {

    /** In which providers say who somebody is. Not the subject, which is a number. */
    private static final String EMAIL = "email";

    private static final String[] NAMES = {EMAIL, "preferred_username", "upn"};
    private static final int CLOCKS_DIFFER_SECONDS = 120;

    private IdTokenReader() {}

    static SignedIn read(IdToken token, Provider provider, Optional<String> nonce) {
        try {
            JWTClaimsSet claims = JWTParser.parse(token.text()).getJWTClaimsSet();
            if (claims == null) {
                return unproven("", "what it says of who has signed in is encrypted", "register the app without that");
            }
            new IDTokenClaimsVerifier(
                            new Issuer(provider.issuer().orElseThrow()),
                            new ClientID(provider.clientId()),
                            nonce.map(Nonce::new).orElse(null),
                            CLOCKS_DIFFER_SECONDS)
                    .verify(claims, null);
            return as(claims);
        } catch (BadJWTException e) {
            return unproven(
                    String.valueOf(e.getMessage()),
                    "what it says of who has signed in was not said to us, or not now",
                    "check issuer and client-id, and this machine's clock; begin again");
        } catch (ParseException | IllegalArgumentException _) { // which may quote it
            return unproven("", "what it says of who has signed in cannot be read", "check token-endpoint");
        }
    }

    static SignedIn missing() {
        return unproven("", "it does not say who has signed in", "let the app have the scopes openid and email");
    }

    private static SignedIn as(JWTClaimsSet claims) throws ParseException {
        Set<LoginName> names = new LinkedHashSet<>();
        for (String claim : NAMES) {
            if (claims.getClaim(claim) instanceof String name && (!claim.equals(EMAIL) || isVerified(claims))) {
                login(name).ifPresent(names::add);
            }
        }
        return names.isEmpty() ? missing() : new SignedIn.As(names);
    }

    /** An address that somebody has typed and nobody has looked at is anybody's. Microsoft says nothing of it. */
    private static boolean isVerified(JWTClaimsSet claims) {
        Object said = claims.getClaim("email_verified");
        return said == null || "true".equals(said.toString());
    }

    private static Optional<LoginName> login(String name) {
        try {
            return Optional.of(new LoginName(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static SignedIn unproven(String seen, String cause, String cure) {
        return new SignedIn.Unproven(new ProviderWords("unproven", seen, cause, cure));
    }
}

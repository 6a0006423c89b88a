package postern.credentials.consent;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a provider says of who has signed in: that it was Ada, unless it is changed. */
public final class SampleIdTokens {

    public static final String ISSUER = "https://login.example.net";

    private SampleIdTokens() {}

    public static String idToken(@Nullable String nonce, UnaryOperator<JWTClaimsSet.Builder> change) {
        return new PlainJWT(change.apply(new JWTClaimsSet.Builder()
                                .issuer(ISSUER)
                                .subject("1234567")
                                .audience("postern")
                                .issueTime(Date.from(now()))
                                .expirationTime(Date.from(now().plusSeconds(600)))
                                .claim("nonce", nonce)
                                .claim("email", "ada@example.org"))
                        .build())
                .serialize();
    }

    public static String tokens(String idToken, String more) {
        return """
                {"token_type":"Bearer","access_token":"a","expires_in":3600,"refresh_token":"r","id_token":"%s"%s}""".formatted(idToken, more);
    }

    static Instant now() {
        return InstantSource.system().instant();
    }
}

package postern.credentials.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import postern.credentials.grant.GrantSecret;
import postern.credentials.provider.ClientProof.Nothing;
import postern.credentials.provider.ClientProof.SharedSecret;
import postern.credentials.provider.ClientProof.SigningKey;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;

/**
 * Asks one provider for tokens. Each call is one request, and waits for its answer as long as it was
 * told at most; never call it on an event loop. Whatever goes wrong is an answer, too.
 */
public final class ProviderClient implements AutoCloseable {

    /** Clocks differ, and requests take their time; some providers take none that lives longer. */
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(2);

    private final Provider provider;
    private final BoundedHttp http;
    private final InstantSource clock;
    private final AnswerReader reader;

    private ProviderClient(Provider provider, BoundedHttp http, InstantSource clock) {
        this.provider = provider;
        this.http = http;
        this.clock = clock;
        this.reader = new AnswerReader(clock);
    }

    /**
     * For one provider; nothing is sent yet.
     *
     * @param authorities whom to trust at its endpoints; empty: whom the system trusts
     * @param timeout of a whole request
     * @param atOnce how many may be under way; one more waits as long as for an answer
     */
    public static ProviderClient open(
            Provider provider, Optional<Path> authorities, Duration timeout, int atOnce, InstantSource clock)
            throws IOException {
        return new ProviderClient(provider, BoundedHttp.open(authorities, timeout, atOnce), clock);
    }

    /** What proves us by a key out of a file. Throws what the operator must mend. */
    public static ClientProof signingKey(Path keyFile, Path certificateFile, SigningKey.Algorithm by)
            throws IOException {
        return Pem.signingKey(keyFile, certificateFile, by);
    }

    /** By what the owner of a mailbox once consented to. */
    public TokenAnswer refresh(GrantSecret refreshToken) {
        String text = new String(refreshToken.bytes(), StandardCharsets.UTF_8);
        return ask(new RefreshTokenGrant(new RefreshToken(text)), true, List.of(text));
    }

    /** As ourselves, for every mailbox that an administrator has opened to us. */
    public TokenAnswer asOurselves() {
        return withoutConsent(ask(new ClientCredentialsGrant(), true, List.of()));
    }

    /** As one that may speak for everybody in a domain, for one of them. */
    public TokenAnswer inTheNameOf(String mailbox, ServiceAccount account) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(account.name())
                .subject(mailbox)
                .audience(provider.tokenEndpoint().toString())
                .claim("scope", String.join(" ", provider.scopes()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
                .build();
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(account.keyId())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            assertion.sign(new RSASSASigner(account.key()));
        } catch (JOSEException e) {
            return cannotSign(e);
        }
        return withoutConsent(ask(new JWTBearerGrant(assertion), false, List.of(assertion.serialize())));
    }

    /** Where nobody has consented, nobody can do it again. */
    private static TokenAnswer withoutConsent(TokenAnswer answer) {
        return answer instanceof Refused(ProviderWords why) ? new Misconfigured(why) : answer;
    }

    /**
     * @param known whether the request says who asks, and wants the scopes; an assertion says both
     * @param sent secrets in the grant
     */
    private TokenAnswer ask(AuthorizationGrant grant, boolean known, List<String> sent) {
        List<String> secrets = new ArrayList<>(sent);
        TokenRequest request;
        try {
            request =
                    known ? request(grant, secrets) : new TokenRequest.Builder(provider.tokenEndpoint(), grant).build();
        } catch (JOSEException e) {
            return cannotSign(e);
        }
        try {
            return reader.read(request.toHTTPRequest().send(http), secrets);
        } catch (IOException e) {
            return AnswerReader.nothing(e);
        }
    }

    private TokenRequest request(AuthorizationGrant grant, List<String> secrets) throws JOSEException {
        ClientID client = new ClientID(provider.clientId());
        TokenRequest.Builder request = switch (provider.proof()) {
            case Nothing _ -> new TokenRequest.Builder(provider.tokenEndpoint(), client, grant);
            case SharedSecret(String secret) -> {
                secrets.add(secret);
                yield authenticated(new ClientSecretPost(client, new Secret(secret)), grant);
            }
            case SigningKey key -> authenticated(assertion(client, key), grant);
        };
        return request.scope(new Scope(provider.scopes().toArray(String[]::new)))
                .build();
    }

    private TokenRequest.Builder authenticated(ClientAuthentication proof, AuthorizationGrant grant) {
        return new TokenRequest.Builder(provider.tokenEndpoint(), proof, grant);
    }

    private PrivateKeyJWT assertion(ClientID client, SigningKey by) throws JOSEException {
        Instant now = clock.instant();
        JWTAuthenticationClaimsSet claims = new JWTAuthenticationClaimsSet(
                client,
                List.of(new Audience(provider.tokenEndpoint())),
                Date.from(now.plus(ASSERTION_LIFE)),
                Date.from(now),
                Date.from(now),
                new JWTID());
        JWSAlgorithm algorithm = switch (by.algorithm()) {
            case PS256 -> JWSAlgorithm.PS256;
            case RS256 -> JWSAlgorithm.RS256;
        };
        return new PrivateKeyJWT(claims, algorithm, by.key(), null, null, thumbprint(by), null);
    }

    /** {@code x5t#S256}, by which it finds our certificate. */
    private static Base64URL thumbprint(SigningKey by) throws JOSEException {
        try {
            return Base64URL.encode(
                    MessageDigest.getInstance("SHA-256").digest(by.certificate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new JOSEException(e.getMessage(), e);
        }
    }

    private static TokenAnswer cannotSign(JOSEException e) {
        return new Misconfigured(new ProviderWords(
                "cannot sign", String.valueOf(e.getMessage()), "our key signs nothing", "check the key's file"));
    }

    @Override
    public void close() {
        http.close();
    }
}

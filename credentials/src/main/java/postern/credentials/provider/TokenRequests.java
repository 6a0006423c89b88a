package postern.credentials.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import postern.credentials.provider.ClientProof.Nothing;
import postern.credentials.provider.ClientProof.SharedSecret;
import postern.credentials.provider.ClientProof.SigningKey;
import postern.credentials.provider.TokenAnswer.Misconfigured;

/** Requests to a token endpoint: what is asked, and what proves that it is us. */
final class TokenRequests {

    /** Clocks differ, and requests take their time; some providers take none that lives longer. */
    static final Duration ASSERTION_LIFE = Duration.ofMinutes(2);

    private final Provider provider;
    private final HTTPRequestSender http;
    private final InstantSource clock;
    private final AnswerReader reader;

    TokenRequests(Provider provider, HTTPRequestSender http, InstantSource clock) {
        this.provider = provider;
        this.http = http;
        this.clock = clock;
        this.reader = new AnswerReader(clock);
    }

    /** By an assertion, which says by itself who asks, and for what. */
    TokenAnswer byAssertion(AuthorizationGrant grant, String assertion) {
        return answer(new TokenRequest.Builder(provider.tokenEndpoint(), grant).build(), List.of(assertion));
    }

    /** @param sent secrets in the grant */
    TokenAnswer ask(AuthorizationGrant grant, List<String> sent) {
        List<String> secrets = new ArrayList<>(sent);
        try {
            return answer(request(grant, secrets), secrets);
        } catch (JOSEException e) {
            return cannotSign(e);
        }
    }

    private TokenAnswer answer(TokenRequest request, List<String> secrets) {
        try {
            return reader.read(request.toHTTPRequest().send(http), secrets);
        } catch (IOException e) {
            return AnswerReader.nothing(e);
        }
    }

    private TokenRequest request(AuthorizationGrant grant, List<String> secrets) throws JOSEException {
        Optional<ClientAuthentication> proof = proof(secrets);
        TokenRequest.Builder request = proof.isPresent()
                ? new TokenRequest.Builder(provider.tokenEndpoint(), proof.get(), grant)
                : new TokenRequest.Builder(provider.tokenEndpoint(), new ClientID(provider.clientId()), grant);
        return request.scope(new Scope(provider.scopes().toArray(String[]::new)))
                .build(); // which leaves them out where they were said before, with the code
    }

    /** @param secrets is told what is secret in it */
    Optional<ClientAuthentication> proof(List<String> secrets) throws JOSEException {
        ClientID client = new ClientID(provider.clientId());
        return switch (provider.proof()) {
            case Nothing _ -> Optional.empty();
            case SharedSecret(String secret) -> {
                secrets.add(secret);
                yield Optional.of(new ClientSecretPost(client, new Secret(secret)));
            }
            case SigningKey key -> Optional.of(assertion(client, key));
        };
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

    static Misconfigured cannotSign(JOSEException e) {
        return new Misconfigured(new ProviderWords(
                "cannot sign", String.valueOf(e.getMessage()), "our key signs nothing", "check the key's file"));
    }
}

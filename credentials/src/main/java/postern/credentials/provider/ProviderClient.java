package postern.credentials.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import postern.credentials.grant.GrantSecret;
import postern.credentials.provider.ClientProof.SigningKey;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;

/**
 * Asks one provider for tokens. Each call is one request, and waits for its answer as long as it was
 * told at most; never call it on an event loop. Whatever goes wrong is an answer, too.
 */
public final class ProviderClient implements AutoCloseable {

    private final Provider provider;
    private final BoundedHttp http;
    private final InstantSource clock;
    private final TokenRequests requests;

    private ProviderClient(Provider provider, BoundedHttp http, InstantSource clock) {
        this.provider = provider;
        this.http = http;
        this.clock = clock;
        this.requests = new TokenRequests(provider, http, clock);
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
        return requests.ask(new RefreshTokenGrant(new RefreshToken(text)), List.of(text));
    }

    /**
     * The provider's page on which the owner of a mailbox lets us in.
     *
     * @throws IllegalStateException when it has none
     */
    public URI consentPage(ConsentQuestion question) {
        AuthenticationRequest.Builder page = new AuthenticationRequest.Builder(
                        ResponseType.CODE, signInScopes(), new ClientID(provider.clientId()), question.redirect())
                .endpointURI(provider.authorizationEndpoint()
                        .orElseThrow(() -> new IllegalStateException("no page (expected: an authorization endpoint)")))
                .state(new State(question.state()))
                .nonce(new Nonce(question.nonce()))
                .codeChallenge(new CodeVerifier(question.verifier()), CodeChallengeMethod.S256)
                .loginHint(question.hint());
        provider.parameters().forEach(page::customParameter);
        return page.build().toURI();
    }

    /** Whoever consents says who they are, too. */
    private Scope signInScopes() {
        Scope scopes = new Scope(provider.scopes().toArray(String[]::new));
        scopes.add(OIDCScopeValue.OPENID);
        scopes.add(OIDCScopeValue.EMAIL);
        scopes.add(OIDCScopeValue.PROFILE);
        return scopes;
    }

    /** By the code that came back from {@link #consentPage}, to the place that was named there. */
    public TokenAnswer byCode(String code, URI redirect, String verifier) {
        return requests.ask(
                new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(verifier)),
                List.of(code, verifier));
    }

    /**
     * A code that the owner of a mailbox types at the provider's page, wherever they have a browser.
     *
     * @throws IllegalStateException when it has no such page
     */
    public DeviceAnswer deviceCode() {
        URI endpoint = provider.deviceEndpoint()
                .orElseThrow(() -> new IllegalStateException("no codes (expected: a device endpoint)"));
        return new DeviceRequest(endpoint, provider.clientId(), signInScopes(), requests, http, new AnswerReader(clock))
                .ask();
    }

    /** What has come of that: later, as long as nobody has typed it. */
    public TokenAnswer byDeviceCode(String deviceCode) {
        return requests.ask(new DeviceCodeGrant(new DeviceCode(deviceCode)), List.of(deviceCode));
    }

    /** Whether an answer that says it is theirs may be (RFC 9207); those who say nothing may be anybody. */
    public boolean mayHaveSent(Optional<String> iss) {
        return iss.isEmpty() || iss.equals(provider.issuer());
    }

    /**
     * Who has signed in, by what came with a token.
     *
     * @param nonce of the question; empty when there was none in it
     */
    public SignedIn whoSignedIn(Optional<IdToken> idToken, Optional<String> nonce) {
        return idToken.map(token -> IdTokenReader.read(token, provider, nonce)).orElseGet(IdTokenReader::missing);
    }

    /** As ourselves, for every mailbox that an administrator has opened to us. */
    public TokenAnswer asOurselves() {
        return withoutConsent(requests.ask(new ClientCredentialsGrant(), List.of()));
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
                .expirationTime(Date.from(now.plus(TokenRequests.ASSERTION_LIFE)))
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
            return TokenRequests.cannotSign(e);
        }
        return withoutConsent(requests.byAssertion(new JWTBearerGrant(assertion), assertion.serialize()));
    }

    /** Where nobody has consented, nobody can do it again. */
    private static TokenAnswer withoutConsent(TokenAnswer answer) {
        return answer instanceof Refused(ProviderWords why) ? new Misconfigured(why) : answer;
    }

    @Override
    public void close() {
        http.close();
    }
}

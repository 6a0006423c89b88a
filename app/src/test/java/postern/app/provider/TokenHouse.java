package postern.app.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import postern.credentials.LoginName;

/**
 * Where people sign in, and Postern gets its tokens. A token that somebody's consent brings opens their mailbox; one
 * that a client gets for itself opens the one mailbox that is called as the client is.
 */
public final class TokenHouse implements AutoCloseable {

    /** Whose mailbox it is: as Microsoft calls it in a token. */
    public static final String MAILBOX_CLAIM = "upn";

    private static final String TENANT = "contoso";
    private static final String CALLBACK = "http://localhost/callback";

    private final MockOAuth2Server server;
    private volatile Gift gift = Gift.GOOD;

    private TokenHouse() {
        this.server = new MockOAuth2Server(new OAuth2Config(
                true, null, null, true, new OAuth2TokenProvider(), Set.of(new Claims(Optional.empty()))));
    }

    public static TokenHouse open() throws IOException {
        TokenHouse house = new TokenHouse();
        house.server.start();
        return house;
    }

    public String issuer() {
        return server.issuerUrl(TENANT).toString();
    }

    public URI tokenEndpoint() {
        return server.tokenEndpointUrl(TENANT).uri();
    }

    /** By which a mail server knows its tokens: names of keys, and each in PEM. */
    public Map<String, String> publicKeys() {
        return server.getConfig().getTokenProvider().publicJwkSet(TENANT).getKeys().stream()
                .collect(Collectors.toMap(JWK::getKeyID, TokenHouse::pem));
    }

    private static String pem(JWK key) {
        try {
            byte[] bytes = key.toRSAKey().toRSAPublicKey().getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
            return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** What is in each token from now on. */
    public void gives(Gift next) {
        gift = next;
    }

    /** An access token for this mailbox, without a request. */
    public String tokenFor(LoginName mailbox) {
        return server.issueToken(TENANT, "postern", new Claims(Optional.of(mailbox.value())))
                .serialize();
    }

    /** How many came for a token since the last time that this was asked. */
    public int requests() {
        int requests = 0;
        while (true) {
            try {
                var request = server.takeRequest(1, TimeUnit.MILLISECONDS);
                requests += String.valueOf(request.getPath()).endsWith("/token") ? 1 : 0;
            } catch (RuntimeException _) {
                return requests; // that were all
            }
        }
    }

    /** What a browser and a portal would do: the refresh token that comes of it. */
    public String consentOf(LoginName owner, String client) throws Exception {
        String form = form(Map.of("username", owner.value(), "claims", "{\"upn\":\"" + owner + "\"}"));
        String question = form(Map.of(
                "response_type", "code",
                "client_id", client,
                "scope", "openid offline_access",
                "state", "s",
                "nonce", "n",
                "redirect_uri", CALLBACK));
        try (HttpClient browser = HttpClient.newHttpClient()) {
            String location = post(browser, server.authorizationEndpointUrl(TENANT) + "?" + question, form)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            String exchange = form(Map.of(
                    "grant_type",
                    "authorization_code",
                    "client_id",
                    client,
                    "client_secret",
                    "x",
                    "redirect_uri",
                    CALLBACK,
                    "code",
                    location.replaceFirst(".*[?&]code=([^&]*).*", "$1")));
            String answer = post(browser, tokenEndpoint().toString(), exchange).body();
            requests();
            return JSONObjectUtils.getString(JSONObjectUtils.parse(answer), "refresh_token");
        }
    }

    private static HttpResponse<String> post(HttpClient browser, String to, String form) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(to))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** Of a consent, whose mailbox it is comes with it. */
    private final class Claims implements OAuth2TokenCallback {

        private final Optional<String> mailbox;

        private Claims(Optional<String> mailbox) {
            this.mailbox = mailbox;
        }

        @Override
        public String issuerId() {
            return TENANT;
        }

        @Override
        public String subject(TokenRequest request) {
            return "somebody";
        }

        @Override
        public String typeHeader(TokenRequest request) {
            return "JWT";
        }

        @Override
        public List<String> audience(TokenRequest request) {
            return List.of(gift.audience());
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            Map<String, Object> claims = new HashMap<>();
            claims.put("iss", gift.issuer().orElse(issuer()));
            claims.put("scope", gift.scope());
            mailbox.or(() -> itself(request)).ifPresent(one -> claims.put(MAILBOX_CLAIM, one));
            return claims;
        }

        private static Optional<String> itself(TokenRequest request) {
            return request.getAuthorizationGrant().getType().equals(GrantType.CLIENT_CREDENTIALS)
                    ? Optional.of(
                            request.getClientAuthentication().getClientID().getValue())
                    : Optional.empty();
        }

        @Override
        public long tokenExpiry() {
            return gift.life().toSeconds();
        }
    }
}

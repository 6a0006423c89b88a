package postern.credentials.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.grant.SampleGrants.secret;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.provider.ClientProof.SigningKey.Algorithm;
import postern.credentials.provider.SampleProviders.KeyFiles;
import postern.credentials.provider.TokenAnswer.Given;

/** What we say is what a server that reads it takes, and it says what it was told. */
class RealProviderTest {

    private final MockOAuth2Server server = new MockOAuth2Server();
    private final Path folder;

    RealProviderTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        server.start();
    }

    @AfterEach
    void stop() {
        server.shutdown();
    }

    @Test
    void asOurselvesByASecret() throws Exception {
        try (ProviderClient client =
                SampleProviders.client(server.tokenEndpointUrl("tenant").uri())) {
            assertThat(claims(client.asOurselves()).getIssuer())
                    .isEqualTo(server.issuerUrl("tenant").toString());
        }
        assertThat(form()).containsEntry("grant_type", "client_credentials");
    }

    @Test
    void byARefreshTokenThatItGave() throws Exception {
        try (ProviderClient client =
                SampleProviders.client(server.tokenEndpointUrl("tenant").uri())) {
            assertThat(claims(client.refresh(secret(adasConsent()))).getExpirationTime())
                    .isInTheFuture();
        }
    }

    /** What a browser and a portal would do. */
    private String adasConsent() throws Exception {
        String redirect = "http://localhost/callback";
        try (HttpClient browser = HttpClient.newHttpClient()) {
            String location = browser.send(
                            HttpRequest.newBuilder(URI.create(server.authorizationEndpointUrl("tenant")
                                            + "?response_type=code&client_id=postern&scope=openid+offline_access&state=s"
                                            + "&nonce=n&redirect_uri=" + redirect))
                                    .build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            String code = location.replaceFirst(".*[?&]code=([^&]*).*", "$1");
            String answer = browser.send(
                            HttpRequest.newBuilder(
                                            server.tokenEndpointUrl("tenant").uri())
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString("grant_type=authorization_code&client_id=postern"
                                            + "&client_secret=x&redirect_uri=" + redirect + "&code=" + code))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return JSONObjectUtils.getString(JSONObjectUtils.parse(answer), "refresh_token");
        }
    }

    @ParameterizedTest
    @EnumSource
    void asOurselvesByAKeyThatIsNeverSent(Algorithm algorithm) throws Exception {
        KeyFiles keys = KeyFiles.in(folder);
        ClientProof proof = ProviderClient.signingKey(keys.key(), keys.certificate(), algorithm);
        try (ProviderClient client =
                SampleProviders.client(server.tokenEndpointUrl("tenant").uri(), proof, SampleProviders.TIMEOUT)) {
            claims(client.asOurselves());
        }
        SignedJWT assertion = SignedJWT.parse(form().get("client_assertion"));
        ClientProof.SigningKey key = (ClientProof.SigningKey) proof;
        byte[] thumbprint =
                MessageDigest.getInstance("SHA-256").digest(key.certificate().getEncoded());

        assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.name());
        assertThat(assertion.getHeader().getX509CertSHA256Thumbprint().toString())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint));
        assertThat(assertion.getJWTClaimsSet().getAudience())
                .containsExactly(server.tokenEndpointUrl("tenant").toString());
        assertThat(assertion.verify(
                        new RSASSAVerifier((RSAPublicKey) key.certificate().getPublicKey())))
                .isTrue();
    }

    @Test
    void inTheNameOfAMailboxByAServiceAccount() throws Exception {
        ServiceAccount account = ServiceAccount.read(KeyFiles.in(folder).serviceAccount(folder.resolve("google.json")));
        try (ProviderClient client = SampleProviders.client(
                server.tokenEndpointUrl("google").uri(), new ClientProof.Nothing(), SampleProviders.TIMEOUT)) {
            assertThat(claims(client.inTheNameOf("ada@example.org", account)).getSubject())
                    .isEqualTo("ada@example.org");
        }
        JWTClaimsSet asked = SignedJWT.parse(form().get("assertion")).getJWTClaimsSet();
        assertThat(asked.getIssuer()).isEqualTo("postern@project.example");
        assertThat(asked.getSubject()).isEqualTo("ada@example.org");
        assertThat(asked.getStringClaim("scope")).isEqualTo("imap offline_access");
        assertThat(account.toString()).isEqualTo("postern@project.example");
    }

    @Test
    void aFileThatIsNoKeyIsToldOfAndNotQuoted() throws Exception {
        Path file = Files.writeString(folder.resolve("google.json"), "{\"private_key\": \"canary");
        assertThatThrownBy(() -> ServiceAccount.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("others may read it");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> ServiceAccount.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a service account's key")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> ProviderClient.signingKey(file, file, Algorithm.PS256))
                .hasMessageContaining("no private key")
                .hasMessageNotContaining("canary");
    }

    private static JWTClaimsSet claims(TokenAnswer answer) throws Exception {
        assertThat(answer).isInstanceOf(Given.class);
        return SignedJWT.parse(((Given) answer).token().text()).getJWTClaimsSet();
    }

    private Map<String, String> form() {
        String body = String.valueOf(server.takeRequest().getBody().readUtf8());
        return Stream.of(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}

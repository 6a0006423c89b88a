package postern.credentials.provider;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clients of providers, and the files that prove them, made by the JDK's own tool. */
public final class SampleProviders {

    public static final String CLIENT_SECRET = "canary-client-secret~of.postern";
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String STORE_PASSWORD = "changeit";

    private SampleProviders() {}

    public static Provider provider(URI endpoint, ClientProof proof) {
        return new Provider(
                endpoint,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "postern",
                proof,
                List.of("imap", "offline_access"));
    }

    /** One at whose page people sign in. */
    public static ProviderClient signingIn(URI endpoint, URI page, String issuer, Duration timeout) {
        return client(
                new Provider(
                        endpoint,
                        Optional.of(page),
                        Optional.empty(),
                        Optional.of(issuer),
                        Map.of("access_type", "offline"),
                        "postern",
                        new ClientProof.SharedSecret(CLIENT_SECRET),
                        List.of("imap", "offline_access")),
                timeout);
    }

    /** One that makes codes, which are typed elsewhere. */
    public static ProviderClient withCodes(FakeProvider provider, String issuer) {
        return client(
                new Provider(
                        provider.endpoint(),
                        Optional.empty(),
                        Optional.of(provider.deviceEndpoint()),
                        Optional.of(issuer),
                        Map.of(),
                        "postern",
                        new ClientProof.Nothing(),
                        List.of("imap", "offline_access")),
                TIMEOUT);
    }

    public static ProviderClient client(URI endpoint, ClientProof proof, Duration timeout) {
        return client(provider(endpoint, proof), timeout);
    }

    private static ProviderClient client(Provider provider, Duration timeout) {
        try {
            return ProviderClient.open(provider, Optional.empty(), timeout, 16, InstantSource.system());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static ProviderClient client(URI endpoint) {
        return client(endpoint, new ClientProof.SharedSecret(CLIENT_SECRET), TIMEOUT);
    }

    /** A key and the certificate that belongs to it. */
    public record KeyFiles(Path key, Path certificate, String keyInPem) {

        public static KeyFiles in(Path folder) throws Exception {
            Path store = folder.resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "postern",
                            "-keyalg",
                            "RSA",
                            "-keysize",
                            "2048",
                            "-dname",
                            "CN=postern",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            STORE_PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            keytool.getInputStream().readAllBytes();
            if (keytool.waitFor() != 0) {
                throw new AssertionError("keytool made no key");
            }
            KeyStore made = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
            Certificate certificate = made.getCertificate("postern");
            String key = pem(
                    "PRIVATE KEY",
                    made.getKey("postern", STORE_PASSWORD.toCharArray()).getEncoded());
            return new KeyFiles(
                    secret(folder.resolve("client.key"), key),
                    Files.writeString(folder.resolve("client.crt"), pem("CERTIFICATE", certificate.getEncoded())),
                    key);
        }

        /** As Google hands it out. */
        public Path serviceAccount(Path file) throws IOException {
            return secret(file, """
                    {"type":"service_account","client_email":"postern@project.example","private_key_id":"key-1",
                    "private_key":"%s"}""".formatted(keyInPem.replace("\n", "\\n")));
        }

        private static String pem(String what, byte[] bytes) {
            String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(bytes);
            return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
        }
    }

    private static Path secret(Path file, String text) throws IOException {
        return Files.setPosixFilePermissions(
                Files.writeString(file, text), PosixFilePermissions.fromString("rw-------"));
    }
}

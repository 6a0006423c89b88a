package postern.app.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where the API is, and what opens it. A token never stands on a command line: whoever is on the machine can read that.
 *
 * @param ca whose certificates to believe; empty: those that this Java believes
 */
record Connection(URI url, String token, Optional<Path> ca) {

    static final String URL = "POSTERN_URL";
    static final String TOKEN = "POSTERN_TOKEN";
    static final String CA_FILE = "POSTERN_CA_FILE";

    private static final String USUAL = "https://localhost:8444";

    /**
     * From what was said, and else from the environment.
     *
     * @throws IllegalArgumentException when something is missing or wrong
     */
    static Connection of(
            Optional<String> url, Optional<Path> tokenFile, Optional<Path> ca, Map<String, String> environment) {
        URI there = URI.create(url.orElse(environment.getOrDefault(URL, USUAL)));
        if (there.getHost() == null || !(isHttps(there) || isHere(there))) {
            throw new IllegalArgumentException(
                    "url: " + there + " (expected: https://HOST:PORT, or http:// for this machine alone)");
        }
        Optional<Path> trusted =
                ca.or(() -> Optional.ofNullable(environment.get(CA_FILE)).map(Path::of));
        return new Connection(there, token(tokenFile, environment), trusted);
    }

    private static String token(Optional<Path> file, Map<String, String> environment) {
        String found = file.map(Connection::read)
                .orElse(environment.getOrDefault(TOKEN, ""))
                .strip();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("token: none (expected: --token-file FILE, or " + TOKEN
                    + " in the environment; the first is made by postern admin bootstrap)");
        }
        if (!found.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("token: not one (expected: pst_ and letters and digits, alone)");
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("token-file: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static boolean isHere(URI url) {
        try {
            return "http".equalsIgnoreCase(url.getScheme())
                    && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    ApiClient open() {
        return new ApiClient(url, token, tls());
    }

    private SSLContext tls() {
        try {
            if (ca.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore believed = KeyStore.getInstance("PKCS12");
            believed.load(null, null);
            try (InputStream file = Files.newInputStream(ca.get())) {
                int number = 0;
                for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                    believed.setCertificateEntry("ca-" + number++, one);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "ca-file: " + ca.orElse(Path.of("")) + " (expected: certificates in PEM): " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}

package postern.credentials.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import postern.credentials.hash.SecretFile;

/** Keys and certificates out of files. Throws what the operator must mend, and never what a file holds. */
final class Pem {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");

    private Pem() {}

    static ClientProof.SigningKey signingKey(Path keyFile, Path certificateFile, ClientProof.SigningKey.Algorithm by)
            throws IOException {
        PrivateKey key = privateKey(keyFile, SecretFile.read(keyFile));
        X509Certificate certificate =
                (X509Certificate) certificates(certificateFile).iterator().next();
        return new ClientProof.SigningKey(key, certificate, by);
    }

    static PrivateKey privateKey(Path file, String text) throws IOException {
        Matcher found = PRIVATE_KEY.matcher(text);
        if (!found.find()) {
            throw new IOException(file + ": no private key (expected: PEM, PKCS#8, without a password)");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException _) { // which may quote it
            throw new IOException(file + ": not an RSA key (expected: PEM, PKCS#8, RSA)");
        }
    }

    /** Whom to trust: those in the file, or the system's. */
    static SSLContext trusting(Optional<Path> authorities) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (authorities.isEmpty()) {
                context.init(null, null, null);
                return context;
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : certificates(authorities.get())) {
                store.setCertificateEntry("authority " + store.size(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS: " + e.getMessage(), e);
        }
    }

    /** One at least. */
    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException(file + ": no certificate (expected: PEM)");
            }
            return all;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage() + " (expected: certificates in PEM)", e);
        }
    }
}

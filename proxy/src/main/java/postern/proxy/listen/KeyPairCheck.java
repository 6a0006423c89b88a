package postern.proxy.listen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a key is its certificate's. BoringSSL takes any two without a word, and then every
 * handshake fails: an operator who renewed one file and not the other must hear of it at start.
 */
final class KeyPairCheck {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] SOMETHING = {1, 2, 3};

    private KeyPairCheck() {}

    static void belongTogether(Path certificate, Path key) throws IOException, GeneralSecurityException {
        PublicKey shown = publicKey(certificate);
        Signature signature = Signature.getInstance(algorithm(shown));
        signature.initSign(privateKey(key, shown.getAlgorithm()));
        signature.update(SOMETHING);
        byte[] signed = signature.sign();
        signature.initVerify(shown);
        signature.update(SOMETHING);
        if (!signature.verify(signed)) {
            throw new SignatureException("the key is another certificate's");
        }
    }

    private static PublicKey publicKey(Path certificate) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(certificate)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getPublicKey();
        }
    }

    private static PrivateKey privateKey(Path key, String algorithm) throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(Files.readString(key));
        if (!pem.find()) {
            throw new IOException("no unencrypted PKCS#8 key in " + key + " (openssl pkcs8 -topk8 -nocrypt makes one)");
        }
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }
}

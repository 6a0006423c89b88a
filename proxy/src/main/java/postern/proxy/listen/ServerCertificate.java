package postern.proxy.listen;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import postern.config.CertificateSettings;

/**
 * A certificate chain and its key, read and found to belong together. BoringSSL takes any two without a
 * word, and then every handshake fails: an operator who renewed one file and not the other must hear
 * of it. What was checked is what is used: the files are read once.
 *
 * @param label what the operator calls it
 * @param names the host names that it is shown for, in lower case
 */
record ServerCertificate(String label, List<X509Certificate> chain, PrivateKey key, List<String> names) {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] SOMETHING = {1, 2, 3};
    private static final int DNS_NAME = 2;

    /** Throws what the operator must mend, naming the file. */
    static ServerCertificate read(CertificateSettings files) throws IOException {
        String where = files.name().equals(CertificateSettings.DEFAULT) ? "tls" : "tls.certificates." + files.name();
        byte[] certificates = bytes(where, files.certificateFile());
        byte[] key = bytes(where, files.keyFile());
        try {
            List<X509Certificate> chain = chain(certificates);
            PublicKey shown = chain.getFirst().getPublicKey();
            PrivateKey secret = privateKey(key, files.keyFile(), shown.getAlgorithm());
            belongTogether(shown, secret);
            return new ServerCertificate(
                    files.name(), chain, secret, names(files.names().isEmpty() ? borne(chain) : files.names()));
        } catch (IllegalArgumentException | IOException | GeneralSecurityException e) {
            throw new IOException(
                    where + ": " + files.certificateFile() + " and " + files.keyFile()
                            + " are no certificate chain and its key: " + e.getMessage(),
                    e);
        }
    }

    /** Of the newer kind, which clients without elliptic curves cannot verify. */
    boolean isEcdsa() {
        return key.getAlgorithm().equals("EC");
    }

    /** When the first one of the chain does; then clients refuse it. */
    Instant expires() {
        return chain.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static byte[] bytes(String where, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(
                    where + ": " + file + ": cannot be read (expected: a file that this account may read)");
        }
        return Files.readAllBytes(file);
    }

    /** The server's own first, and each of the others the issuer of the one before it. */
    private static List<X509Certificate> chain(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> chain =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw new CertificateException("certificate " + (i + 1) + " is not the issuer of certificate " + i);
            }
            chain.get(i - 1).verify(chain.get(i).getPublicKey());
        }
        return chain;
    }

    private static PrivateKey privateKey(byte[] bytes, Path file, String algorithm)
            throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(
                    "no unencrypted PKCS#8 key in " + file + " (openssl pkcs8 -topk8 -nocrypt makes one)");
        }
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
    }

    private static void belongTogether(PublicKey shown, PrivateKey secret) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(shown));
        signature.initSign(secret);
        signature.update(SOMETHING);
        byte[] signed = signature.sign();
        signature.initVerify(shown);
        signature.update(SOMETHING);
        if (!signature.verify(signed)) {
            throw new SignatureException("the key is another certificate's");
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }

    private static List<String> borne(List<X509Certificate> chain) throws CertificateException {
        Collection<List<?>> all = chain.getFirst().getSubjectAlternativeNames();
        return all == null
                ? List.of()
                : all.stream()
                        .filter(name -> Objects.equals(name.get(0), DNS_NAME))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
    }

    private static List<String> names(List<String> written) {
        return written.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** No key. */
    @Override
    public String toString() {
        return "certificate " + label + " for " + names;
    }
}

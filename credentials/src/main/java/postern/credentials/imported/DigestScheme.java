package postern.credentials.imported;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that are taken, by Dovecot's names. */
enum DigestScheme {
    SMD5("MD5", 16, true, true),
    SSHA("SHA-1", 20, true, true),
    SHA256("SHA-256", 32, false, true),
    SHA512("SHA-512", 64, false, true),
    SSHA256("SHA-256", 32, true, false),
    SSHA512("SHA-512", 64, true, false);

    private final String algorithm;
    private final int digestBytes;
    private final boolean salted;
    private final boolean mustExpire;

    DigestScheme(String algorithm, int digestBytes, boolean salted, boolean mustExpire) {
        this.algorithm = algorithm;
        this.digestBytes = digestBytes;
        this.salted = salted;
        this.mustExpire = mustExpire;
    }

    int digestBytes() {
        return digestBytes;
    }

    boolean isSalted() {
        return salted;
    }

    boolean mustExpire() {
        return mustExpire;
    }

    /** The salt stands behind the secret, with all of them. */
    byte[] digest(byte[] secret, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(secret);
            return digest.digest(salt);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is in every JRE", e);
        }
    }
}

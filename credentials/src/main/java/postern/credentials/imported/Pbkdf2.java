package postern.credentials.imported;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * PBKDF2 of RFC 8018 on bytes, for digests of one block: the JRE's own takes characters, and a secret
 * need not be made of any.
 */
enum Pbkdf2 {
    SHA1("HmacSHA1", 20, 200),
    SHA256("HmacSHA256", 32, 200),
    SHA512("HmacSHA512", 64, 600);

    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private final String hmac;
    private final int digestBytes;
    private final int nanosOfARound;

    Pbkdf2(String hmac, int digestBytes, int nanosOfARound) {
        this.hmac = hmac;
        this.digestBytes = digestBytes;
        this.nanosOfARound = nanosOfARound;
    }

    int digestBytes() {
        return digestBytes;
    }

    Duration timeOfARound() {
        return Duration.ofNanos(nanosOfARound);
    }

    byte[] digest(byte[] secret, byte[] salt, int rounds) {
        try {
            Mac mac = Mac.getInstance(hmac);
            mac.init(new Lent(secret));
            mac.update(salt);
            byte[] round = mac.doFinal(FIRST_BLOCK);
            byte[] digest = round.clone();
            for (int i = 1; i < rounds; i++) {
                mac.update(round);
                mac.doFinal(round, 0);
                for (int b = 0; b < digestBytes; b++) {
                    digest[b] ^= round[b];
                }
            }
            Arrays.fill(round, (byte) 0);
            return digest;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(hmac + " is in every JRE", e);
        }
    }

    /** A key that keeps no copy of the secret: the one it lends is wiped by whoever lent it. */
    private static final class Lent implements SecretKey {

        private final transient byte[] secret;

        Lent(byte[] secret) {
            this.secret = secret;
        }

        @Override
        public String getAlgorithm() {
            return "PBKDF2";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return secret.clone();
        }
    }
}

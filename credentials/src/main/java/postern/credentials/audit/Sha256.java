package postern.credentials.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 in hexadecimal digits, and of hexadecimal digits: so a shell can recompute what is in the
 * chain.
 */
final class Sha256 {

    private Sha256() {}

    /** Of both, one behind the other. The first is always of one length, or they could be parted elsewhere. */
    static String of(String digits, String text) {
        try {
            byte[] both = (digits + text).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package postern.credentials.hash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 32 bytes in a file of its own, in hex, for its owner's eyes only. Kept apart from the
 * store, so that a copy of one is worth little without the other.
 */
public final class KeyFile {

    private static final int BYTES = 32;
    private static final int MARK_BYTES = 8;
    private static final String HMAC = "HmacSHA256";

    private KeyFile() {}

    /** Throws what the operator must mend; a key that cannot be read is never replaced. */
    public static byte[] read(Path file) throws IOException {
        String hex = SecretFile.read(file);
        if (hex.length() != 2 * BYTES) {
            throw new IOException(file + ": " + hex.length() + " characters (expected: " + 2 * BYTES + " of 0-9a-f)");
        }
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException _) {
            throw new IOException(file + ": has other characters than 0-9a-f");
        }
    }

    /** Tells one key from another, and nothing else of it. */
    public static String mark(byte[] key) {
        try {
            Mac hmac = Mac.getInstance(HMAC);
            hmac.init(new SecretKeySpec(key, HMAC));
            byte[] whole = hmac.doFinal("postern key mark".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(whole, 0, MARK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is in every JRE", e);
        }
    }

    /** Draws a key and writes it, or throws when there is a file already. */
    public static void create(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        SecretFile.create(file, HexFormat.of().formatHex(key));
    }
}

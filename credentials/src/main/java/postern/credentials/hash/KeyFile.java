package postern.credentials.hash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import postern.credentials.KeyId;

/**
 * Keys of 32 bytes in a file of their own, in hex, a line for each, for its owner's eyes only. Kept
 * apart from the store, so that a copy of one is worth little without the other.
 */
public final class KeyFile {

    private static final int BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final String HMAC = "HmacSHA256";

    private KeyFile() {}

    /** Throws what the operator must mend; a key that cannot be read is never replaced. */
    public static KeyRing read(Path file) throws IOException {
        List<KeyRing.Key> keys = new ArrayList<>();
        for (String line : SecretFile.read(file).lines().toList()) {
            keys.add(KeyRing.Key.of(parse(file, line.strip())));
        }
        try {
            return new KeyRing(keys);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] parse(Path file, String hex) throws IOException {
        if (hex.length() != 2 * BYTES) {
            throw new IOException(
                    file + ": " + hex.length() + " characters in a line (expected: " + 2 * BYTES + " of 0-9a-f)");
        }
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException _) {
            throw new IOException(file + ": has other characters than 0-9a-f");
        }
    }

    /** Tells one key from another, and nothing else of it. */
    public static KeyId id(byte[] key) {
        try {
            Mac hmac = Mac.getInstance(HMAC);
            hmac.init(new SecretKeySpec(key, HMAC));
            byte[] whole = hmac.doFinal("postern key mark".getBytes(StandardCharsets.US_ASCII));
            return new KeyId(HexFormat.of().formatHex(whole, 0, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is in every JRE", e);
        }
    }

    public static KeyRing.Key draw(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return KeyRing.Key.of(key);
    }

    /** Draws a key and writes it, or throws when there is a file already. */
    public static void create(Path file, SecureRandom random) throws IOException {
        SecretFile.create(file, text(KeyRing.of(draw(random).bytes())));
    }

    /** Replaces the file in one step: a node that starts meanwhile reads the old ring or the new one. */
    public static void replace(Path file, KeyRing ring) throws IOException {
        SecretFile.replace(file, text(ring));
    }

    private static String text(KeyRing ring) {
        return ring.keys().stream()
                .map(key -> HexFormat.of().formatHex(key.bytes()))
                .collect(Collectors.joining("\n"));
    }
}

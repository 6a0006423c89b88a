package postern.credentials.grant;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import postern.credentials.hash.KeyFile;

/**
 * The keys that the vault's keys are sealed under: the first seals, all of them open. They are kept in
 * a file apart from the store, so that a copy of one is worth nothing without the other.
 */
public final class VaultKeys {

    private static final String HMAC = "HmacSHA256";
    private static final byte[] PURPOSE = "postern grant vault 1".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 32;

    private final Path file;
    private final String activeId;
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    /**
     * @param file where they are from, as errors tell the operator
     * @param keys the active one first
     */
    public VaultKeys(Path file, List<byte[]> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file + ": no key (expected: one at least)");
        }
        for (byte[] key : keys) {
            if (key.length != BYTES) {
                throw new IllegalArgumentException(
                        file + ": a key of " + key.length + " bytes (expected: " + BYTES + ")");
            }
            if (this.keys.putIfAbsent(idOf(key), sealing(key)) != null) {
                throw new IllegalArgumentException(file + ": key " + idOf(key) + " twice (expected: each once)");
            }
        }
        this.file = file;
        this.activeId = idOf(keys.getFirst());
    }

    /** As every key is called. */
    private static String idOf(byte[] key) {
        return KeyFile.id(key).value();
    }

    /** Not the key itself, which may have another use, but one that only the vault can have. */
    private static SecretKey sealing(byte[] key) {
        try {
            Mac hmac = Mac.getInstance(HMAC);
            hmac.init(new SecretKeySpec(key, HMAC));
            return new SecretKeySpec(hmac.doFinal(PURPOSE), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is in every JRE", e);
        }
    }

    String activeId() {
        return activeId;
    }

    /** Whether what is sealed under it opens here. A start should ask, of all {@link GrantVault#keysInUse}. */
    public boolean has(String id) {
        return keys.containsKey(id);
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The file and what the keys in it are called, never a key. */
    @Override
    public String toString() {
        return file + " (" + String.join(", ", keys.keySet()) + ")";
    }
}

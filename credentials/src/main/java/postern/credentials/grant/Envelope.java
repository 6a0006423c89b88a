package postern.credentials.grant;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a secret under a key of its own, and that key under one of the {@link VaultKeys}; AES-256-GCM
 * both times. So another key for the vault means sealing keys again, and no secret is in clear for it.
 *
 * <p>Both are bound to what it is sealed for, {@link Bound}: for a grant that is its owner, its upstream,
 * its purpose and its kind. A row that somebody copied to another owner opens nothing there, and a
 * password is never sent where tokens go.
 */
public final class Envelope {

    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** What is sealed, so that one is never taken for the other. */
    private enum Part {
        KEY,
        SECRET
    }

    private final VaultKeys keys;
    private final SecureRandom random;

    public Envelope(VaultKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** The name of the key that seals from now on. */
    public String activeKey() {
        return keys.activeId();
    }

    public SealedSecret seal(Bound to, GrantSecret secret) {
        byte[] own = drawn(KEY_BYTES);
        try {
            return new SealedSecret(
                    keys.activeId(), wrapped(to, own), encrypted(aes(own), binding(Part.SECRET, to), secret.bytes()));
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    public GrantSecret open(Bound to, SealedSecret secret) throws GrantUnreadableException {
        byte[] own = unwrapped(to, secret);
        try {
            return GrantSecret.of(decrypted(aes(own), binding(Part.SECRET, to), secret.sealed()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw changed(to, secret, e);
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    /** The same secret as it was sealed, its key under the active key; unchanged when it is already. */
    public SealedSecret rewrap(Bound to, SealedSecret secret) throws GrantUnreadableException {
        if (secret.keyId().equals(keys.activeId())) {
            return secret;
        }
        byte[] own = unwrapped(to, secret);
        try {
            return new SealedSecret(keys.activeId(), wrapped(to, own), secret.sealed());
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    private String wrapped(Bound to, byte[] own) {
        SecretKey active = keys.find(keys.activeId()).orElseThrow();
        return encrypted(active, binding(Part.KEY, to), own);
    }

    private byte[] unwrapped(Bound to, SealedSecret secret) throws GrantUnreadableException {
        SecretKey key = keys.find(secret.keyId())
                .orElseThrow(() -> new GrantUnreadableException(to.told() + ": sealed under key " + secret.keyId()
                        + " (expected: one of the keys in " + keys + ")"));
        try {
            return decrypted(key, binding(Part.KEY, to), secret.wrappedKey());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw changed(to, secret, e);
        }
    }

    private GrantUnreadableException changed(Bound to, SealedSecret secret, Exception why) {
        return new GrantUnreadableException(
                to.told() + ": key " + secret.keyId() + " does not open it (expected: the row as it was sealed, of "
                        + to.toldOwner() + "; keys in " + keys + ")",
                why);
    }

    /** No term has a zero, so no two read alike. */
    private static byte[] binding(Part part, Bound to) {
        return (to.use() + '\0' + part.name() + '\0' + String.join("\0", to.terms())).getBytes(StandardCharsets.UTF_8);
    }

    private String encrypted(SecretKey key, byte[] binding, byte[] clear) {
        byte[] nonce = drawn(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, binding).doFinal(clear);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(AES_GCM + " is in every JRE", e);
        }
    }

    private static byte[] decrypted(SecretKey key, byte[] binding, String sealed) throws GeneralSecurityException {
        byte[] all = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        int length = Math.max(0, all.length - NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, binding).doFinal(all, all.length - length, length);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] binding)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES_GCM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(binding);
        return cipher;
    }

    private static SecretKey aes(byte[] own) {
        return new SecretKeySpec(own, "AES");
    }

    private byte[] drawn(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

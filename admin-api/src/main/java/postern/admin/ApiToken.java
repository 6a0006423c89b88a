package postern.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the admin API. Only its SHA-256 is kept; that is enough, because a token is drawn and not
 * chosen. Compares in constant time; prints as stars.
 */
public final class ApiToken {

    private static final int MIN_LENGTH = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] sha256;

    public ApiToken(String text) {
        if (text.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "api token: " + text.length() + " characters (expected: at least " + MIN_LENGTH + ")");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "api token: has a space, a line end or another character that no header carries"
                            + " (expected: visible ASCII)");
        }
        this.sha256 = sha256(text);
    }

    /** Whether this {@code Authorization} header bears the token. */
    boolean isBorneBy(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        sha256, sha256(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JRE", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}

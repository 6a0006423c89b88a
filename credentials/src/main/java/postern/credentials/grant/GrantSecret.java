package postern.credentials.grant;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The secret of a grant, in clear. Wiped on close; prints as stars; has no equals on purpose.
 *
 * <p>A closed one throws when it is read: zeros sent upstream in its place would be a wrong password
 * there, and be counted.
 */
public final class GrantSecret implements AutoCloseable {

    /** More than any provider's token has. */
    private static final int MAX_BYTES = 16 * 1024;

    private final byte[] bytes;
    private volatile boolean closed;

    private GrantSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wipes the bytes it is given. */
    public static GrantSecret of(byte[] given) {
        if (given.length == 0 || given.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "grant secret: " + given.length + " bytes (expected: 1 to " + MAX_BYTES + ")");
        }
        GrantSecret secret = new GrantSecret(given.clone());
        Arrays.fill(given, (byte) 0);
        return secret;
    }

    /** The live bytes, for who logs in with them. */
    public byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("grant secret: closed (expected: open as long as it is used)");
        }
        return bytes;
    }

    /** The same words with stars where they quote it, as some servers do with what they were sent. */
    public String struckFrom(String words) {
        return words.replace(new String(bytes(), StandardCharsets.UTF_8), "***");
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }
}

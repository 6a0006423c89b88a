package postern.credentials.imported;

import java.util.Base64;

/** What a hash may cost, and how long its parts may be; looked at before anything is computed. */
final class Bound {

    private Bound() {}

    /** The least and the most of it are fine. Complains with the number, which is no secret. */
    static int within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "hash: " + what + "=" + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }

    /** With padding or without. */
    static byte[] base64(String part, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("hash: " + part + " not in base64 (expected: base64)");
        }
    }
}

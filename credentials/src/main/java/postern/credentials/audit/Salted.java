package postern.credentials.audit;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A personal text and the salt that hides it. The chain holds the {@link #commitment} alone: while
 * both are there, it proves the text; when both are gone, nobody can try names or addresses against
 * it, since the salt has 128 random bits.
 *
 * @param salt in hexadecimal digits
 */
public record Salted(String text, String salt) {

    private static final int SALT_BYTES = 16;

    static Salted of(String text, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Salted(text, HexFormat.of().formatHex(salt));
    }

    /** Empty, and so never the right one, for a salt that is none: else it could have taken the text's first letters. */
    String commitment() {
        return salt.length() == 2 * SALT_BYTES ? Sha256.of(salt, text) : "";
    }

    /** It is of a person. */
    @Override
    public String toString() {
        return "***";
    }
}

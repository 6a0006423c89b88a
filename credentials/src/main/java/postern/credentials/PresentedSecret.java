package postern.credentials;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a client sent as its password, in canonical form. Wiped on close; prints as stars; has no
 * equals on purpose.
 */
public final class PresentedSecret implements AutoCloseable {

    /** No vowels, so it spells nothing; no l, so nobody reads a one. */
    public static final String ALPHABET = "bcdfghjkmnpqrstvwxyz";

    private final byte[] asTyped;
    private final byte[] letters;

    private PresentedSecret(byte[] asTyped, byte[] letters) {
        this.asTyped = asTyped;
        this.letters = letters;
    }

    /** As it was typed: case, spaces, dashes and dots do not count. Wipes the bytes it is given. */
    public static PresentedSecret typed(byte[] utf8) {
        byte[] asTyped = utf8.clone();
        CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        int length = 0;
        while (chars.hasRemaining()) {
            char c = Character.toLowerCase(chars.get());
            if (!isSeparator(c)) {
                utf8[length++] = (byte) (c < 0x80 ? c : '?');
            }
        }
        PresentedSecret secret = new PresentedSecret(asTyped, Arrays.copyOf(utf8, length));
        Arrays.fill(utf8, (byte) 0);
        Arrays.fill(chars.array(), '\0');
        return secret;
    }

    /** Of any script, and also what no screen shows: it came along when somebody copied. */
    private static boolean isSeparator(char c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION, Character.FORMAT, Character.CONTROL -> true;
            default -> c == '.';
        };
    }

    /** Whether this can be an app password at all. The account password, sent by habit, cannot. */
    public boolean isWellFormed() {
        boolean wellFormed =
                letters.length >= Policy.LEAST_SECRET_LENGTH && letters.length <= Policy.MOST_SECRET_LENGTH;
        for (byte letter : letters) {
            wellFormed &= ALPHABET.indexOf(letter) >= 0;
        }
        return wellFormed;
    }

    /** No password at all: what some clients try before they ask their owner for one. */
    public boolean isBlank() {
        return letters.length == 0;
    }

    /** For somebody who closes it later than this one is closed. */
    public PresentedSecret copy() {
        return new PresentedSecret(asTyped.clone(), letters.clone());
    }

    /** The live letters, for the hasher alone. */
    public byte[] letters() {
        return letters;
    }

    /** The live bytes as they came, for the hasher alone: what was chosen elsewhere is compared byte for byte. */
    public byte[] asTyped() {
        return asTyped;
    }

    @Override
    public void close() {
        Arrays.fill(asTyped, (byte) 0);
        Arrays.fill(letters, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }
}

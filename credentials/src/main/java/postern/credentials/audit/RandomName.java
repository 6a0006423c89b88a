package postern.credentials.audit;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A prefix and eighty random bits: no two ever meet, and none tells of its bearer. */
final class RandomName {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-z]{16}");

    private RandomName() {}

    static String draw(String prefix, RandomGenerator random) {
        StringBuilder drawn = new StringBuilder(prefix);
        for (int i = 0; i < LENGTH; i++) {
            drawn.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return drawn.toString();
    }

    /** As unlike any other as one that is drawn, and the same for the same text. */
    static String derive(String prefix, String text) {
        StringBuilder derived = new StringBuilder(prefix);
        byte[] digest = HexFormat.of().parseHex(Sha256.of("", text));
        for (int i = 0; i < LENGTH; i++) {
            derived.append(DIGITS.charAt(digest[i] & (DIGITS.length() - 1)));
        }
        return derived.toString();
    }

    static void check(String prefix, String value) {
        if (!value.startsWith(prefix)
                || !FORM.matcher(value.substring(prefix.length())).matches()) {
            throw new IllegalArgumentException("name: not one of these (expected: " + prefix + " and 16 of a-z0-9)");
        }
    }
}

package postern.credentials.grant;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names one grant in logs, URLs and the store. Another consent is another grant, with an id of its
 * own. Never secret, never reused.
 */
public record GrantId(String value) {

    private static final Pattern FORM = Pattern.compile("grt_[0-9a-z]{16}");
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;

    public GrantId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("grant id: not one (expected: grt_ and 16 of a-z0-9)");
        }
    }

    /** Eighty random bits: no two ever meet, and nobody counts them. */
    public static GrantId draw(RandomGenerator random) {
        StringBuilder drawn = new StringBuilder("grt_");
        for (int i = 0; i < LENGTH; i++) {
            drawn.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new GrantId(drawn.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}

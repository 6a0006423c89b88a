package postern.credentials;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names one app password in logs, URLs and the store. Never secret, never reused. */
public record AppPasswordId(String value) {

    private static final Pattern FORM = Pattern.compile("apw_[0-9a-z]{16}");
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;

    public AppPasswordId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("app password id: not one (expected: apw_ and 16 of a-z0-9)");
        }
    }

    /** Eighty random bits: no two ever meet, and nobody counts them. */
    public static AppPasswordId draw(RandomGenerator random) {
        StringBuilder drawn = new StringBuilder("apw_");
        for (int i = 0; i < LENGTH; i++) {
            drawn.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new AppPasswordId(drawn.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}

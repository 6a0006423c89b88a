package postern.credentials;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names one token of the admin API in logs, URLs and the store. Never the token itself, never reused. */
public record ApiTokenId(String value) {

    private static final Pattern FORM = Pattern.compile("tok_[0-9a-z]{16}");
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;

    public ApiTokenId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("api token id: not one (expected: tok_ and 16 of a-z0-9)");
        }
    }

    /** Eighty random bits: no two ever meet, and nobody counts them. */
    public static ApiTokenId draw(RandomGenerator random) {
        StringBuilder drawn = new StringBuilder("tok_");
        for (int i = 0; i < LENGTH; i++) {
            drawn.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new ApiTokenId(drawn.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}

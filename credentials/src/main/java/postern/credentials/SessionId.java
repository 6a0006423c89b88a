package postern.credentials;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names one session while it lasts, for whoever would look at it or end it. Not secret, never reused. */
public record SessionId(String value) {

    private static final Pattern FORM = Pattern.compile("ses_[0-9a-z]{16}");
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;

    public SessionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("session id: not one (expected: ses_ and 16 of a-z0-9)");
        }
    }

    /** Eighty random bits: no two ever meet, on no two nodes. */
    public static SessionId draw(RandomGenerator random) {
        byte[] bits = new byte[LENGTH]; // at once: each asking for more is a lock and a call of the system's generator
        random.nextBytes(bits);
        StringBuilder drawn = new StringBuilder("ses_");
        for (byte some : bits) {
            drawn.append(DIGITS.charAt(some & (DIGITS.length() - 1)));
        }
        return new SessionId(drawn.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}

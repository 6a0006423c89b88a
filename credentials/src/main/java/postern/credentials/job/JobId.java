package postern.credentials.job;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names one job in logs, URLs and the store. Never secret, never reused. */
public record JobId(String value) {

    private static final Pattern FORM = Pattern.compile("job_[0-9a-z]{16}");
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;

    public JobId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("job id: not one (expected: job_ and 16 of a-z0-9)");
        }
    }

    /** Eighty random bits: no two ever meet. */
    public static JobId draw(RandomGenerator random) {
        StringBuilder drawn = new StringBuilder("job_");
        for (int i = 0; i < LENGTH; i++) {
            drawn.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new JobId(drawn.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}

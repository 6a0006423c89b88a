package postern.credentials.imported;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * bcrypt in the three spellings that mean the same: {@code $2a$}, {@code $2b$}, {@code $2y$}. Not
 * {@code $2x$}, which marks the hashes of a broken implementation.
 *
 * <p>bcrypt takes 72 bytes and drops the rest; the system that made the hash did so too, and let in
 * whoever had the first 72 right. So it must here, or a long secret would stop working.
 */
record BcryptHash(String version, int cost, String salt, String digest) implements ImportedHash {

    private static final Pattern FORM =
            Pattern.compile("\\$2([aby])\\$(\\d\\d)\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
    private static final int MAX_COST = 14;
    private static final int BYTES_THAT_COUNT = 72;
    private static final long NANOS_OF_COST_ZERO = 50_000;

    BcryptHash {
        Bound.within("bcrypt cost", cost, 4, MAX_COST);
    }

    static BcryptHash of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("hash: bcrypt in another form (expected: $2y$, cost, $, 53 characters)");
        }
        return new BcryptHash(parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3), parts.group(4));
    }

    @Override
    public String text() {
        return salted() + digest;
    }

    @Override
    public String scheme() {
        return "BLF-CRYPT";
    }

    @Override
    public Duration expectedTime() {
        return Duration.ofNanos(NANOS_OF_COST_ZERO << cost);
    }

    @Override
    public boolean proves(byte[] secretAsTyped) {
        return Proof.holds(secretAsTyped, digest.getBytes(StandardCharsets.US_ASCII), this::digestOf);
    }

    private byte[] digestOf(byte[] secret) {
        byte[] counts = Arrays.copyOf(secret, Math.min(secret.length, BYTES_THAT_COUNT));
        try {
            String hashed = BCrypt.hashpw(counts, salted());
            return hashed.substring(hashed.length() - digest.length()).getBytes(StandardCharsets.US_ASCII);
        } finally {
            Arrays.fill(counts, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "$2%s$%02d$***".formatted(version, cost);
    }

    private String salted() {
        return "$2%s$%02d$%s".formatted(version, cost, salt);
    }
}

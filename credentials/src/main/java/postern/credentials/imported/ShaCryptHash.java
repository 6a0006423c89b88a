package postern.credentials.imported;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * SHA-crypt, as glibc has it: {@code $5$} is SHA-256, {@code $6$} is SHA-512.
 *
 * @param prefix all before the salt, as it was written: the usual rounds may be named or not
 */
record ShaCryptHash(String prefix, int rounds, String salt, String digest) implements ImportedHash {

    private static final Pattern FORM = Pattern.compile(
            "(\\$[56]\\$(?:rounds=([1-9]\\d{0,8})\\$)?)([./A-Za-z0-9]{1,16})\\$([./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})");
    private static final int ROUNDS_WHEN_NOT_NAMED = 5_000;
    private static final int DIGEST_OF_SHA_256 = 43;
    private static final int DIGEST_OF_SHA_512 = 86;
    private static final long NANOS_OF_A_ROUND =
            300; // of an ordinary secret; a very long one takes three times as much

    ShaCryptHash {
        Bound.within("SHA-crypt rounds", rounds, 1_000, 500_000); // glibc has never done less
        int characters = isSha256(prefix) ? DIGEST_OF_SHA_256 : DIGEST_OF_SHA_512;
        Bound.within("SHA-crypt digest characters", digest.length(), characters, characters);
    }

    static ShaCryptHash of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("hash: SHA-crypt in another form (expected: $6$rounds=…$salt$digest)");
        }
        String named = parts.group(2);
        int rounds = named == null ? ROUNDS_WHEN_NOT_NAMED : Integer.parseInt(named);
        return new ShaCryptHash(parts.group(1), rounds, parts.group(3), parts.group(4));
    }

    @Override
    public String text() {
        return prefix + salt + "$" + digest;
    }

    @Override
    public String scheme() {
        return isSha256(prefix) ? "SHA256-CRYPT" : "SHA512-CRYPT";
    }

    @Override
    public Duration expectedTime() {
        return Duration.ofNanos(NANOS_OF_A_ROUND * rounds);
    }

    @Override
    public boolean proves(byte[] secretAsTyped) {
        return Proof.holds(secretAsTyped, digest.getBytes(StandardCharsets.US_ASCII), this::digestOf);
    }

    private byte[] digestOf(byte[] secret) {
        String salted = prefix + salt + "$";
        String hashed =
                isSha256(prefix) ? Sha2Crypt.sha256Crypt(secret, salted) : Sha2Crypt.sha512Crypt(secret, salted);
        return hashed.substring(hashed.lastIndexOf('$') + 1).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return prefix + "***";
    }

    private static boolean isSha256(String prefix) {
        return prefix.startsWith("$5$");
    }
}

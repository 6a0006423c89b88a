package postern.credentials.imported;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import postern.credentials.hash.PlainArgon2;

/** A PHC string of Argon2i or Argon2id, as libsodium, PHP and Dovecot make them. */
record Argon2Hash(PlainArgon2 type, int memoryKib, int passes, int lanes, String salt, String digest)
        implements ImportedHash {

    private static final Pattern FORM = Pattern.compile("\\$argon2(id?)\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
            + "\\$([A-Za-z0-9+/]{1,100})\\$([A-Za-z0-9+/]{1,100})");
    private static final int MAX_MEMORY_KIB = 256 * 1024;
    private static final int MAX_PASSES = 10;
    private static final int MAX_LANES = 8;
    private static final int LEAST_MEMORY_OF_A_LANE = 8; // RFC 9106
    private static final double NANOS_OF_A_KIB = 700;

    Argon2Hash {
        Bound.within("argon2 p", lanes, 1, MAX_LANES);
        Bound.within("argon2 m", memoryKib, LEAST_MEMORY_OF_A_LANE * lanes, MAX_MEMORY_KIB);
        Bound.within("argon2 t", passes, 1, MAX_PASSES);
        Bound.within("argon2 salt bytes", Bound.base64("argon2 salt", salt).length, 8, 64);
        // A digest of one byte would be proved by every 256th guess.
        Bound.within("argon2 digest bytes", Bound.base64("argon2 digest", digest).length, 16, 64);
    }

    static Argon2Hash of(String phc) {
        Matcher parts = FORM.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "hash: argon2 in another form (expected: $argon2id$v=19$m=…,t=…,p=…$salt$digest)");
        }
        return new Argon2Hash(
                parts.group(1).equals("i") ? PlainArgon2.ARGON2I : PlainArgon2.ARGON2ID,
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4)),
                parts.group(5),
                parts.group(6));
    }

    @Override
    public String text() {
        return cost() + "$" + salt + "$" + digest;
    }

    @Override
    public String scheme() {
        return type.name();
    }

    @Override
    public Duration expectedTime() {
        return Duration.ofNanos(Math.round(NANOS_OF_A_KIB * memoryKib * passes));
    }

    @Override
    public boolean proves(byte[] secretAsTyped) {
        byte[] kept = Bound.base64("argon2 digest", digest);
        byte[] salted = Bound.base64("argon2 salt", salt);
        return Proof.holds(
                secretAsTyped, kept, secret -> type.digest(memoryKib, passes, lanes, secret, salted, kept.length));
    }

    @Override
    public String toString() {
        return cost() + "$***";
    }

    private String cost() {
        return "$%s$v=19$m=%d,t=%d,p=%d"
                .formatted(type == PlainArgon2.ARGON2I ? "argon2i" : "argon2id", memoryKib, passes, lanes);
    }
}

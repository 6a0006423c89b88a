package postern.credentials.hash;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import postern.credentials.KeyId;
import postern.credentials.PasswordHash;

/** The parts of a PHC string (password-hashing-competition string format), as Argon2 wants them. */
record Phc(HashingCost cost, String salt, String digest) {

    private static final Pattern PARTS = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=1\\$(.+)\\$(.+)");

    static Phc of(PasswordHash hash) {
        Matcher parts = PARTS.matcher(hash.encoded());
        if (!parts.matches()) {
            throw new IllegalArgumentException("password hash: " + hash + " (expected: p=1)");
        }
        HashingCost cost = new HashingCost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        return new Phc(cost, parts.group(3), parts.group(4));
    }

    static Phc of(HashingCost cost, byte[] salt, byte[] digest) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new Phc(cost, base64.encodeToString(salt), base64.encodeToString(digest));
    }

    byte[] saltBytes() {
        return Base64.getDecoder().decode(salt);
    }

    byte[] digestBytes() {
        return Base64.getDecoder().decode(digest);
    }

    PasswordHash encoded(KeyId pepper) {
        return new PasswordHash(
                "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s".formatted(cost.memoryKib(), cost.passes(), salt, digest), pepper);
    }

    @Override
    public String toString() {
        return "Phc[" + cost + "]";
    }
}

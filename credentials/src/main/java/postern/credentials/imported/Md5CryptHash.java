package postern.credentials.imported;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;

/** {@code $1$}: a thousand rounds of MD5, of 1994. Taken for a month, so that its owner can be told. */
record Md5CryptHash(String salt, String digest) implements ImportedHash {

    private static final Pattern FORM = Pattern.compile("\\$1\\$([./A-Za-z0-9]{1,8})\\$([./A-Za-z0-9]{22})");

    static Md5CryptHash of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("hash: MD5-crypt in another form (expected: $1$salt$digest)");
        }
        return new Md5CryptHash(parts.group(1), parts.group(2));
    }

    @Override
    public String text() {
        return salted() + digest;
    }

    @Override
    public String scheme() {
        return "MD5-CRYPT";
    }

    @Override
    public boolean mustExpire() {
        return true;
    }

    @Override
    public Duration expectedTime() {
        return Duration.ofMillis(1);
    }

    @Override
    public boolean proves(byte[] secretAsTyped) {
        return Proof.holds(secretAsTyped, digest.getBytes(StandardCharsets.US_ASCII), this::digestOf);
    }

    private byte[] digestOf(byte[] secret) {
        String hashed = Md5Crypt.md5Crypt(secret, salted());
        return hashed.substring(hashed.lastIndexOf('$') + 1).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "$1$***";
    }

    private String salted() {
        return "$1$" + salt + "$";
    }
}

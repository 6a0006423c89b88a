package postern.credentials.imported;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PBKDF2 in Dovecot's form, which is of SHA-1, or in passlib's of SHA-256 and SHA-512 (Mailu). */
record Pbkdf2Hash(Pbkdf2 function, int rounds, String salt, String digest) implements ImportedHash {

    static final String DOVECOT_LABEL = "{PBKDF2}";
    private static final Pattern DOVECOT =
            Pattern.compile("\\$1\\$([!-#%-~]{1,64})\\$(\\d{1,9})\\$([0-9a-fA-F]{1,128})");
    private static final Pattern PASSLIB =
            Pattern.compile("\\$pbkdf2-sha(256|512)\\$([1-9]\\d{0,8})\\$([./A-Za-z0-9]{1,90})\\$([./A-Za-z0-9]{1,90})");
    private static final int MAX_ROUNDS = 5_000_000;
    private static final int ROUNDS_OF_A_SLOW_ONE = 1_000; // RFC 8018 asked for them in 2000

    Pbkdf2Hash {
        Bound.within("PBKDF2 rounds", rounds, 1, MAX_ROUNDS);
        Bound.within("PBKDF2 salt bytes", saltBytes(function, salt).length, 1, 64);
        int bytes = function.digestBytes();
        Bound.within("PBKDF2 digest bytes", digestBytes(function, digest).length, bytes, bytes);
    }

    static Pbkdf2Hash ofDovecot(String text) {
        Matcher parts = DOVECOT.matcher(text);
        if (!parts.matches() || parts.group(3).length() % 2 != 0) {
            throw new IllegalArgumentException("hash: {PBKDF2} in another form (expected: $1$salt$rounds$hex)");
        }
        return new Pbkdf2Hash(Pbkdf2.SHA1, Integer.parseInt(parts.group(2)), parts.group(1), parts.group(3));
    }

    static Pbkdf2Hash ofPasslib(String text) {
        Matcher parts = PASSLIB.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "hash: $pbkdf2- in another form (expected: $pbkdf2-sha256$rounds$salt$digest)");
        }
        Pbkdf2 function = parts.group(1).equals("256") ? Pbkdf2.SHA256 : Pbkdf2.SHA512;
        return new Pbkdf2Hash(function, Integer.parseInt(parts.group(2)), parts.group(3), parts.group(4));
    }

    @Override
    public String text() {
        return switch (function) {
            case SHA1 -> DOVECOT_LABEL + "$1$" + salt + "$" + rounds + "$" + digest;
            case SHA256 -> "$pbkdf2-sha256$" + rounds + "$" + salt + "$" + digest;
            case SHA512 -> "$pbkdf2-sha512$" + rounds + "$" + salt + "$" + digest;
        };
    }

    @Override
    public String scheme() {
        return "PBKDF2-" + function;
    }

    /** Mailu makes its tokens with one round: they are random, but nobody can tell it by the hash. */
    @Override
    public boolean isWeak() {
        return rounds < ROUNDS_OF_A_SLOW_ONE;
    }

    @Override
    public Duration expectedTime() {
        return function.timeOfARound().multipliedBy(rounds);
    }

    @Override
    public boolean proves(byte[] secretAsTyped) {
        return Proof.holds(
                secretAsTyped,
                digestBytes(function, digest),
                secret -> function.digest(secret, saltBytes(function, salt), rounds));
    }

    @Override
    public String toString() {
        return scheme() + " rounds=" + rounds + " ***";
    }

    /** Dovecot's salt is text and stays so; passlib's is base64 with a point for the plus. */
    private static byte[] saltBytes(Pbkdf2 function, String salt) {
        return switch (function) {
            case SHA1 -> salt.getBytes(StandardCharsets.US_ASCII);
            case SHA256, SHA512 -> passlib("PBKDF2 salt", salt);
        };
    }

    private static byte[] digestBytes(Pbkdf2 function, String digest) {
        return switch (function) {
            case SHA1 -> HexFormat.of().parseHex(digest);
            case SHA256, SHA512 -> passlib("PBKDF2 digest", digest);
        };
    }

    private static byte[] passlib(String what, String text) {
        return Bound.base64(what, text.replace('.', '+'));
    }
}

package postern.credentials.imported;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From text to a hash. The text is a stranger's, and may be a password in the wrong column: complaints
 * tell of it only what is on the lists here.
 */
final class HashText {

    private static final int MAX_LENGTH = 512;
    private static final Pattern LABELLED =
            Pattern.compile("\\{([A-Z0-9-]{1,20})(?:\\.(B64|BASE64|HEX))?\\}(.*)", Pattern.CASE_INSENSITIVE);

    /** What exists elsewhere and is not taken, so that it can be called by its name. */
    private static final Pattern NEVER = Pattern.compile(
            "PLAIN|CLEAR|CLEARTEXT|PLAIN-TRUNC|PLAIN-MD4|PLAIN-MD5|LDAP-MD5"
                    + "|MD5|SHA|SHA1|DES-CRYPT|LANMAN|NTLM|RPA|OTP|SKEY|HMAC-MD5|CRAM-MD5|DIGEST-MD5|SCRAM-SHA-1|SCRAM-SHA-256");

    private static final Pattern NEVER_EITHER =
            Pattern.compile("\\$(?:y|gy|7|2|2x|3|md5|sha1|argon2d|scrypt|pbkdf2)\\$");

    private static final String TAKEN = "one of {ARGON2ID} {ARGON2I} {BLF-CRYPT} {SHA512-CRYPT} {SHA256-CRYPT} {PBKDF2}"
            + " {CRYPT}$2y$ {CRYPT}$5$ {CRYPT}$6$ {SSHA256} {SSHA512} $argon2id$ $argon2i$ $2y$ $5$ $6$ $pbkdf2-sha256$"
            + " $pbkdf2-sha512$; {SSHA} {SHA256} {SHA512} {SMD5} $1$ when weak ones are accepted";

    private HashText() {}

    static ImportedHash read(String text, WeakHashes weak) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "hash: " + text.length() + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        Matcher labelled = LABELLED.matcher(text);
        ImportedHash hash = labelled.matches()
                ? labelled(labelled.group(1).toUpperCase(Locale.ROOT), labelled.group(2), labelled.group(3))
                : CryptForm.of(text).orElseThrow(() -> notTaken("", text)).read(text);
        if (hash.mustExpire() && weak == WeakHashes.REFUSED) {
            throw notTaken("{" + hash.scheme() + "}");
        }
        return hash;
    }

    private static ImportedHash labelled(String label, @Nullable String encoding, String rest) {
        return Stream.of(DigestScheme.values())
                .filter(kind -> kind.name().equals(label))
                .<ImportedHash>map(kind -> DigestHash.of(kind, digest(kind, encoding, rest)))
                .findFirst()
                .orElseGet(() -> labelledText(label, text(encoding, rest)));
    }

    private static ImportedHash labelledText(String label, String text) {
        if (label.equals("PBKDF2")) {
            return Pbkdf2Hash.ofDovecot(text);
        }
        if (!CryptForm.isLabel(label)) {
            throw notTaken(NEVER.matcher(label).matches() ? "{" + label + "}" : "a label of no known scheme");
        }
        return CryptForm.of(text)
                .filter(form -> form.labels().contains(label))
                .orElseThrow(() -> notTaken("{" + label + "}", text))
                .read(text);
    }

    /** Dovecot's rule: as many characters as a digest without salt has in hex, and it is in hex. */
    private static byte[] digest(DigestScheme kind, @Nullable String encoding, String rest) {
        boolean inHex = !kind.isSalted() && rest.length() == 2 * kind.digestBytes();
        return bytes(encoding != null ? encoding : inHex ? "HEX" : "B64", rest);
    }

    private static String text(@Nullable String encoding, String rest) {
        return encoding == null ? rest : new String(bytes(encoding, rest), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String encoding, String rest) {
        if (!encoding.equalsIgnoreCase("HEX")) {
            return Bound.base64("text", rest);
        }
        try {
            return HexFormat.of().parseHex(rest);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("hash: text not in hex (expected: 0-9a-f)");
        }
    }

    private static IllegalArgumentException notTaken(String label, String text) {
        Matcher known = NEVER_EITHER.matcher(text);
        return notTaken(label + (known.lookingAt() ? known.group() : label.isEmpty() ? "of no known scheme" : "…"));
    }

    private static IllegalArgumentException notTaken(String seen) {
        return new IllegalArgumentException("hash: " + seen + " (expected: " + TAKEN + ")");
    }
}

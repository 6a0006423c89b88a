package postern.credentials.administration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a program shows to open the admin API, and nothing else. It is built as GitHub builds its own, so that whoever scans
 * texts for secrets finds it, and knows without asking anybody whether it is one:
 *
 * <pre>
 * pst_ ╷ 30 digits of base 62, drawn: 178 bits ╷ 6 digits of base 62: CRC-32 of all before them
 * </pre>
 *
 * <p>SHA-256 is enough to keep it by: nobody guesses what is drawn. Prints as stars.
 */
public final class ApiToken {

    private static final String PREFIX = "pst_";
    private static final int DRAWN = 30;
    private static final int CHECKSUM = 6;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (DRAWN + CHECKSUM) + "}");

    private final String text;

    private ApiToken(String text) {
        this.text = text;
    }

    static ApiToken draw(SecureRandom random) {
        StringBuilder drawn = new StringBuilder(PREFIX);
        for (int i = 0; i < DRAWN; i++) {
            drawn.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new ApiToken(drawn + checksum(drawn.toString()));
    }

    /** Empty when it has not the form of one: then it is nobody's, and the store need not be asked. */
    public static Optional<ApiToken> parse(String presented) {
        int end = PREFIX.length() + DRAWN;
        return FORM.matcher(presented).matches()
                        && checksum(presented.substring(0, end)).equals(presented.substring(end))
                ? Optional.of(new ApiToken(presented))
                : Optional.empty();
    }

    private static String checksum(String what) {
        CRC32 crc = new CRC32();
        crc.update(what.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        long left = crc.getValue();
        for (int i = 0; i < CHECKSUM; i++) {
            digits.append(DIGITS.charAt((int) (left % DIGITS.length())));
            left /= DIGITS.length();
        }
        return digits.reverse().toString();
    }

    /** By which the store knows it. */
    String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JRE", e);
        }
    }

    /** For who it was made for, once. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}

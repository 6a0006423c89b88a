package postern.credentials.grant;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What the provider said when a grant did not work. Strangers' words, shown to people: made one line
 * of bounded length, and anything that looks like a token is struck.
 *
 * @param code as the provider has it, for example {@code invalid_grant AADSTS70043}
 */
public record Trouble(String code, String words, Instant at) {

    private static final int MAX_CODE = 80;
    private static final int MAX_WORDS = 400;
    private static final Pattern UNPRINTED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]++");
    /** Longer than a UUID, by which providers name a request, and shorter than any token of theirs. */
    private static final Pattern TOKEN = Pattern.compile("[\\w~.=-]{48,}+");

    public Trouble {
        code = printed(code, MAX_CODE);
        words = printed(words, MAX_WORDS);
        if (code.isEmpty()) {
            throw new IllegalArgumentException("trouble: no code (expected: what the provider said, or did)");
        }
    }

    /** What a provider said, fit for people's eyes. Struck before it is cut: half a token is one character too many. */
    public static String printed(String said, int max) {
        String line = UNPRINTED.matcher(said).replaceAll(" ").strip();
        String struck = TOKEN.matcher(line).replaceAll("***");
        return struck.substring(0, Math.min(struck.length(), max)).strip();
    }
}

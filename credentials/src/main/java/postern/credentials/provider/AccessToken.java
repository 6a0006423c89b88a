package postern.credentials.provider;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What opens a mailbox for a while. Prints as stars.
 *
 * @param text goes into a line of a mail protocol as it is
 * @param life from when it was asked for
 */
public record AccessToken(String text, Duration life) {

    /** RFC 6750 section 2.1, and no longer than a login line may be after Base64. */
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    public AccessToken {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "access token: " + text.length() + " characters (expected: 1 to 16384, printable, no space)");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}

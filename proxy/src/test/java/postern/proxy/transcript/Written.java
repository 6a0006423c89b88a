package postern.proxy.transcript;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** How transcripts write what a text file cannot show. */
final class Written {

    private static final Pattern BASE64 = Pattern.compile("base64\\(([^)]*)\\)");
    private static final char FIRST_PICTURE = '␀';
    private static final char PICTURE_OF_SPACE = '␠';

    private Written() {}

    /** The pictures of Unicode's block for them, in the order of the characters they stand for. */
    static String unpicture(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (FIRST_PICTURE <= c && c <= PICTURE_OF_SPACE) {
                plain.setCharAt(i, (char) (c - FIRST_PICTURE));
            }
        }
        return plain.toString();
    }

    static String encode(String text) {
        return BASE64.matcher(text)
                .replaceAll(found ->
                        Base64.getEncoder().encodeToString(found.group(1).getBytes(StandardCharsets.UTF_8)));
    }
}

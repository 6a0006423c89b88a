package postern.credentials;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Makes a stranger's text fit for logs, pages and the audit trail: one line, of bounded length, and what looks like an app
 * password, or has a token of the admin API in it, as stars. It is mended and not refused, or a strange client would go unrecorded.
 */
public final class OneLine {

    private static final char UNFIT = '?';
    private static final String CUT = "…";
    private static final Pattern API_TOKEN = Pattern.compile("pst_[0-9A-Za-z]{36}");

    private OneLine() {}

    /** At most so many characters of it. */
    public static String of(String text, int most) {
        if (isSecret(text)) {
            return "***";
        }
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(most).forEach(c -> line.appendCodePoint(isFit(c) ? c : UNFIT));
        return text.codePointCount(0, text.length()) > most ? line + CUT : line.toString();
    }

    /** Line ends of any script end lines in some viewer, and a right-to-left override shows what is not there. */
    private static boolean isFit(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static boolean isSecret(String text) {
        if (API_TOKEN.matcher(text).find()) {
            return true;
        }
        try (PresentedSecret typed = PresentedSecret.typed(text.getBytes(StandardCharsets.UTF_8))) {
            return typed.isWellFormed();
        }
    }
}

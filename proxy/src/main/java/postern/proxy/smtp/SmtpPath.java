package postern.proxy.smtp;

import java.util.Optional;

/** The address in a MAIL or RCPT (RFC 5321 section 4.1.2), as {@link EnvelopeRules} are asked about it. */
final class SmtpPath {

    private SmtpPath() {}

    /**
     * What stands between the angle brackets, or alone. Nothing when another server might see another
     * address than we do.
     *
     * @param argument of the command
     * @param keyword FROM: or TO:
     */
    static Optional<String> in(String argument, String keyword) {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            return Optional.empty();
        }
        int start = keyword.length();
        while (start < argument.length() && argument.charAt(start) == ' ') {
            start++;
        }
        if (start >= argument.length() || argument.charAt(start) != '<') {
            return bare(argument.substring(start));
        }
        int end = closing(argument, start + 1);
        boolean ends = end > 0 && (end + 1 == argument.length() || argument.charAt(end + 1) == ' ');
        return ends ? Optional.of(argument.substring(start + 1, end)) : Optional.empty();
    }

    /** Printers leave the brackets away; then what needs them is left away, too. */
    private static Optional<String> bare(String argument) {
        String address = argument.split(" ", 2)[0];
        return address.isEmpty() || address.chars().anyMatch(c -> "<>\"\\".indexOf(c) >= 0)
                ? Optional.empty()
                : Optional.of(address);
    }

    /** Where the bracket closes, quoted strings left aside. */
    private static int closing(String argument, int from) {
        boolean quoted = false;
        for (int at = from; at < argument.length(); at++) {
            char c = argument.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '>' || c == '<' || c == ' ')) {
                return c == '>' ? at : -1;
            }
        }
        return -1;
    }
}

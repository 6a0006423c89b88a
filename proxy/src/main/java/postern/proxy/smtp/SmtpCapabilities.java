package postern.proxy.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an upstream offers in answer to EHLO, less what it cannot offer through us. */
final class SmtpCapabilities {

    /** A login is over and TLS is ours; and what the upstream would fetch from elsewhere it would fetch in our name. */
    private static final Set<String> NOT_THROUGH_US = Set.of("AUTH", "STARTTLS", "BURL");

    private SmtpCapabilities() {}

    /** Nor what begins with an X: between the upstream and us, it may mean more than it would to a client. */
    static List<String> throughUs(List<String> offered) {
        return printable(offered).stream()
                .filter(line -> !NOT_THROUGH_US.contains(keyword(line)))
                .filter(line -> !keyword(line).startsWith("X"))
                .toList();
    }

    /** As it was said, less what is no word. */
    static List<String> printable(List<String> offered) {
        return offered.stream()
                .filter(line -> !line.isBlank() && line.chars().allMatch(c -> c >= ' ' && c < 0x7f))
                .toList();
    }

    /** Those of some keywords that are among them. */
    static List<String> among(List<String> offered, List<String> keywords) {
        return keywords.stream().filter(keyword -> has(offered, keyword)).toList();
    }

    static boolean has(List<String> offered, String keyword) {
        return offered.stream().anyMatch(line -> keyword(line).equals(keyword));
    }

    /** Whether a keyword has that word behind it. */
    static boolean has(List<String> offered, String keyword, String word) {
        return offered.stream()
                .map(line -> List.of(line.toUpperCase(Locale.ROOT).split("[ =]")))
                .anyMatch(words -> words.getFirst().equals(keyword) && words.contains(word));
    }

    /** Some write {@code AUTH=PLAIN}, as clients of long ago want it. */
    static boolean takes(List<String> offered, String mechanism) {
        return has(offered, "AUTH", mechanism);
    }

    private static String keyword(String line) {
        return line.split("[ =]", 2)[0].toUpperCase(Locale.ROOT);
    }
}

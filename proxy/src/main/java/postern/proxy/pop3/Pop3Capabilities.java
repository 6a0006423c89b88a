package postern.proxy.pop3;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an upstream offers, less what it cannot offer through us. */
final class Pop3Capabilities {

    /** A login is over and TLS is ours; and which software is behind us is nobody's business. */
    private static final Set<String> NOT_THROUGH_US = Set.of("STLS", "SASL", "USER", "XCLIENT", "IMPLEMENTATION");

    private Pop3Capabilities() {}

    static List<String> throughUs(List<String> offered) {
        return printable(offered).stream()
                .filter(line -> !NOT_THROUGH_US.contains(line.split(" ", 2)[0].toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** As it was said, less what is no word. */
    static List<String> printable(List<String> offered) {
        return offered.stream().filter(Pop3Capabilities::isPlain).toList();
    }

    /** @param argument of it; empty: any, or none */
    static boolean has(List<String> offered, String keyword, String argument) {
        return offered.stream()
                .map(line -> List.of(line.toUpperCase(Locale.ROOT).split(" +")))
                .anyMatch(
                        words -> words.getFirst().equals(keyword) && (argument.isEmpty() || words.contains(argument)));
    }

    /** An upstream's words go into our own answer, so they must be some, and not its end. */
    private static boolean isPlain(String line) {
        return !line.isEmpty() && line.charAt(0) != '.' && line.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}

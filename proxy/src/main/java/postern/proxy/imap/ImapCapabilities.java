package postern.proxy.imap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an upstream offers, less what it cannot offer through us. */
final class ImapCapabilities {

    /**
     * A login is over and TLS is ours; a client that logged out of its login inside the relay would
     * stand in a mailbox that we opened, with nobody named; and we could not end a compressed stream
     * in good order.
     */
    private static final Set<String> NOT_THROUGH_US =
            Set.of("STARTTLS", "LOGINDISABLED", "SASL-IR", "UNAUTHENTICATE", "X-UNAUTHENTICATE", "LOGIN-REFERRALS");

    private static final List<String> NOT_OF_ANY_KIND = List.of("AUTH=", "COMPRESS=");

    private ImapCapabilities() {}

    /** Never empty: what answers IMAP commands can at least do that. */
    static List<String> throughUs(String offered) {
        List<String> through =
                all(offered).stream().filter(ImapCapabilities::isThroughUs).toList();
        return through.isEmpty() ? List.of("IMAP4rev1") : through;
    }

    /** As it was said, less what is no word. */
    static List<String> all(String offered) {
        return Arrays.stream(offered.strip().split(" +"))
                .filter(ImapCapabilities::isAtom)
                .toList();
    }

    static boolean has(List<String> offered, String word) {
        return offered.stream().anyMatch(word::equalsIgnoreCase);
    }

    static boolean isThroughUs(String one) {
        String word = one.toUpperCase(Locale.ROOT);
        return !NOT_THROUGH_US.contains(word) && NOT_OF_ANY_KIND.stream().noneMatch(word::startsWith);
    }

    /** An upstream's word goes into our own response, so it must be one. */
    private static boolean isAtom(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c > ' ' && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0);
    }
}

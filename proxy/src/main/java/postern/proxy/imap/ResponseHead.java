package postern.proxy.imap;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a response begins, as far as that tells what it is: its first word, and a little of what stands behind it. */
final class ResponseHead {

    /** No client's tag is longer: {@link ImapGuard} sees to that. */
    static final int LONGEST_TAG = 64;

    private static final String UNTAGGED = "*";
    private static final String GO_AHEAD = "+";
    private static final String LISTED = "CAPABILITY";
    private static final String IN_CODE = "OK [CAPABILITY";

    private static final String BAD = "BAD ";
    private static final int LONGEST_COMPLAINT = 120;

    private static final Set<String> STATUS = Set.of("OK", "NO", "BAD", "BYE", "PREAUTH");

    private final StringBuilder word = new StringBuilder();
    private final StringBuilder rest = new StringBuilder();
    private boolean behindWord;
    private boolean known;
    private boolean capabilities;

    /** Whether all is known that can be. */
    boolean isKnown() {
        return known;
    }

    /** Takes the next character. The space before the first of its capabilities is not taken: it is theirs. */
    boolean takes(char c) {
        if (c == '\r' || c == '\n') {
            known = true;
        } else if (!behindWord) {
            behindWord = c == ' ';
            known = word.length() > LONGEST_TAG;
            word.append(behindWord ? "" : c);
        } else if (c == ' ' && beforeCapabilities()) {
            known = true;
            capabilities = true;
        } else {
            rest.append(c);
            known = rest.length() > (isComplaint() ? LONGEST_COMPLAINT : IN_CODE.length());
        }
        return !capabilities;
    }

    private boolean beforeCapabilities() {
        String said = rest.toString().toUpperCase(Locale.ROOT);
        return said.equals(IN_CODE) || (said.equals(LISTED) && word.toString().equals(UNTAGGED));
    }

    /** Whether the rest of the line begins with a list of them. */
    boolean hasCapabilities() {
        return capabilities;
    }

    boolean isGoAhead() {
        return word.toString().startsWith(GO_AHEAD);
    }

    /** Of the command that it answers. */
    Optional<String> tag() {
        return isGoAhead() || word.toString().equals(UNTAGGED) ? Optional.empty() : Optional.of(word.toString());
    }

    /** That a command was bad, and why: some say so instead of "not now". */
    Optional<String> complaint() {
        return isComplaint() && tag().isPresent() ? Optional.of(rest.toString()) : Optional.empty();
    }

    private boolean isComplaint() {
        return rest.length() >= BAD.length() && rest.substring(0, BAD.length()).equalsIgnoreCase(BAD);
    }

    /** Such a line is for eyes, and whatever it ends in is no literal. Some repeat there what a client said. */
    boolean isStatus() {
        return isGoAhead() || tag().isPresent() || STATUS.contains(firstOfRest());
    }

    boolean isGoodbye() {
        return word.toString().equals(UNTAGGED) && firstOfRest().equals("BYE");
    }

    private String firstOfRest() {
        return rest.toString().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    void clear() {
        word.setLength(0);
        rest.setLength(0);
        behindWord = false;
        known = false;
        capabilities = false;
    }
}

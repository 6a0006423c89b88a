package postern.proxy.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** A path that nobody can take for another one, however often they decode it, or what they make of dots and slashes. */
record RequestPath(String text) {

    /** Not ; nor \, nor an encoded one of . / \ ; % or of what does not print. */
    private static final String LETTER =
            "(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%(?:2[0-46-9A-Da-d]|3[0-9AC-Fac-f]|[46][0-9A-Fa-f]|5[0-9ABD-Fabd-f]|7[0-9A-Ea-e]|[89A-Fa-f][0-9A-Fa-f]))";

    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))" + LETTER + "+)*/?");

    static Optional<RequestPath> read(String raw) {
        return raw.startsWith("/") && PATH.matcher(raw).matches()
                ? Optional.of(new RequestPath(raw))
                : Optional.empty();
    }

    /** Whether it is that one, however its letters are written. */
    boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }

    /** Whether it is that one, or lies below it. */
    boolean isWithin(String other) {
        return text.equals(other) || text.startsWith(other + "/");
    }
}

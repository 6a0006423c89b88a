package postern.proxy.conversation;

import java.util.Optional;

/**
 * How much of our patience a client has used up before it is logged in.
 *
 * @param misses logins that were refused
 * @param mistakes what no client of this protocol would say
 * @param questions what anybody may ask
 */
public record Patience(int misses, int mistakes, int questions) {

    public static final Patience FRESH = new Patience(0, 0, 0);

    /** The goodbye to who missed too often. */
    public static final String FAILURES = "Too many failures";

    /** A client that misses this often is shown the door. */
    private static final int MAX_MISSES = 3;

    /** A client of another protocol, or a scanner, that we cannot make sense of. */
    private static final int MAX_MISTAKES = 10;

    /** One that asks and asks, and never logs in. */
    private static final int MAX_QUESTIONS = 100;

    public Patience missed() {
        return new Patience(misses + 1, mistakes, questions);
    }

    public Patience mistaken() {
        return new Patience(misses, mistakes + 1, questions);
    }

    public Patience asked() {
        return new Patience(misses, mistakes, questions + 1);
    }

    /** What it was too much of, once it was. */
    public Optional<String> exhausted() {
        if (misses >= MAX_MISSES) {
            return Optional.of(FAILURES);
        } else if (mistakes >= MAX_MISTAKES) {
            return Optional.of("Too many mistakes");
        }
        return questions >= MAX_QUESTIONS ? Optional.of("Too many questions") : Optional.empty();
    }
}

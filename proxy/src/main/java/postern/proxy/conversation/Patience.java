package postern.proxy.conversation;

import java.util.Optional;
import postern.config.BeforeLoginSettings;
import postern.proxy.listen.Rejection;

/**
 * How much of our patience a client has used up before it is logged in.
 *
 * @param most of each
 * @param misses logins that were refused
 * @param mistakes what no client of this protocol would say
 * @param questions what anybody may ask
 */
public record Patience(BeforeLoginSettings most, int misses, int mistakes, int questions) {

    public static Patience fresh(BeforeLoginSettings most) {
        return new Patience(most, 0, 0, 0);
    }

    /** All of it again, for a client that we only get to know now. */
    public Patience afresh() {
        return fresh(most);
    }

    public Patience missed() {
        return new Patience(most, misses + 1, mistakes, questions);
    }

    public Patience mistaken() {
        return new Patience(most, misses, mistakes + 1, questions);
    }

    public Patience asked() {
        return new Patience(most, misses, mistakes, questions + 1);
    }

    /** What it was too much of, once it was. */
    public Optional<Rejection> exhausted() {
        if (misses >= most.failures()) {
            return Optional.of(Rejection.FAILURES);
        } else if (mistakes >= most.mistakes()) {
            return Optional.of(Rejection.MISTAKES);
        }
        return questions >= most.questions() ? Optional.of(Rejection.QUESTIONS) : Optional.empty();
    }
}

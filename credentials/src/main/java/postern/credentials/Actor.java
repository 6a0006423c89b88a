package postern.credentials;

import java.util.Locale;
import java.util.Optional;

/**
 * Who did it, as far as that is proven: a login that failed was done by nobody known, and so by the
 * {@link #system}.
 *
 * @param name of a person or an administrator, which goes when they are erased; of a token its id, of the system its
 *     part, which stay
 * @param strength how it was proven, for example "password" or "mfa"
 */
public record Actor(Kind kind, String name, Optional<String> strength) {

    private static final int MAX_NAME = 320;
    private static final int MAX_STRENGTH = 40;

    /** What there is that can do anything here. */
    public enum Kind {
        PERSON,
        ADMINISTRATOR,
        TOKEN,
        SYSTEM;

        /** Whether it is somebody, with a right to be forgotten. */
        boolean isHuman() {
            return switch (this) {
                case PERSON, ADMINISTRATOR -> true;
                case TOKEN, SYSTEM -> false;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Actor {
        name = OneLine.of(name, MAX_NAME);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("actor: no name (expected: one)");
        }
        strength = strength.map(text -> OneLine.of(text, MAX_STRENGTH));
    }

    public static Actor person(LoginName name) {
        return new Actor(Kind.PERSON, name.toString(), Optional.empty());
    }

    /** One who is also a person here goes by the same name. */
    public static Actor administrator(String name) {
        return new Actor(Kind.ADMINISTRATOR, name, Optional.empty());
    }

    /**
     * A program with a key of its own.
     *
     * @param id never the token itself
     */
    public static Actor token(String id) {
        return new Actor(Kind.TOKEN, id, Optional.empty());
    }

    /**
     * We, or nobody known.
     *
     * @param part for example "retention"
     */
    public static Actor system(String part) {
        return new Actor(Kind.SYSTEM, part, Optional.empty());
    }

    public Actor provenBy(String how) {
        return new Actor(kind, name, Optional.of(how));
    }

    /** Under which name a pseudonym is kept for it; empty when it needs none. */
    public Optional<String> human() {
        return kind.isHuman() ? Optional.of(name) : Optional.empty();
    }
}

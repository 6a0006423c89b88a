package postern.credentials;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Who changes something, and when. Every change of the store says so, in the same transaction.
 *
 * @param who as they are known: a login name, an API token's name, what the machine calls its user
 * @param request the id under which the access log knows it
 */
public record By(Kind kind, String who, Optional<String> request, Instant at) {

    private static final int MAX = 320;

    public enum Kind {
        /** The owner, in the portal. */
        PERSON,
        ADMINISTRATOR,
        /** The server itself: an expiry, a first use, a re-hash. */
        SYSTEM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public By {
        if (who.isBlank() || who.length() > MAX || who.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "actor: not one (expected: 1 to " + MAX + " characters, none of them a control character)");
        }
    }

    public static By person(LoginName who, Instant at) {
        return new By(Kind.PERSON, who.value(), Optional.empty(), at);
    }

    public static By administrator(String who, Instant at) {
        return new By(Kind.ADMINISTRATOR, who, Optional.empty(), at);
    }

    public static By system(Instant at) {
        return new By(Kind.SYSTEM, "postern", Optional.empty(), at);
    }
}

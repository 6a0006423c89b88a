package postern.credentials;

import java.time.Instant;
import java.util.Optional;

/**
 * Who changes something, and when. Every change of the store says so, and the audit trail keeps it.
 *
 * @param request the id under which the access log knows it
 */
public record By(Actor actor, Optional<String> request, Instant at) {

    public static By person(LoginName who, Instant at) {
        return new By(Actor.person(who), Optional.empty(), at);
    }

    public static By administrator(String who, Instant at) {
        return new By(Actor.administrator(who), Optional.empty(), at);
    }

    /** The same, in the course of a request. */
    public By during(String requestId) {
        return new By(actor, Optional.of(requestId), at);
    }

    /**
     * The server itself: an expiry, a first use, a re-hash.
     *
     * @param part for example "login"
     */
    public static By system(String part, Instant at) {
        return new By(Actor.system(part), Optional.empty(), at);
    }
}

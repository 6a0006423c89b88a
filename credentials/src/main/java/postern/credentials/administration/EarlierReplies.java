package postern.credentials.administration;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.StoreUnavailableException;

/**
 * What was answered to requests that carry a key of the caller's own, so that one that is repeated does nothing twice, on whichever
 * node. Calls may block; callers are never on an event loop.
 */
public interface EarlierReplies {

    /**
     * Which request it is.
     *
     * @param caller callers do not share keys
     * @param hash of the key, which may be anything
     */
    record Key(String caller, String hash) {}

    /** What is known of a key. */
    sealed interface Known {

        /** Nothing: whoever hears this answers, and nobody else. */
        record First() implements Known {}

        /** Somebody is answering it, or was and did not come to the end: nobody can say what came of it. */
        record Pending() implements Known {}

        /** It was used for another request. */
        record Other() implements Known {}

        /**
         * The answer.
         *
         * @param body without the secret that was in it
         * @param secret what the member was called that it was in
         */
        record Told(int status, Optional<String> location, String body, Optional<String> secret) implements Known {}
    }

    /**
     * Asks, and takes the key if it is free.
     *
     * @param request by which the same request is known
     */
    Known begin(Key key, String request, Instant now) throws StoreUnavailableException;

    void tell(Key key, Known.Told answer) throws StoreUnavailableException;

    /** Nothing came of it: the key is free again. */
    void forget(Key key) throws StoreUnavailableException;

    /** Says how many of these keys are free again. */
    int forgetBefore(Instant end) throws StoreUnavailableException;
}

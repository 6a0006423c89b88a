package postern.credentials.administration;

import java.util.Locale;
import java.util.Optional;
import postern.credentials.ApiTokenId;

/** Whether somebody who asks is known. */
public sealed interface CallerOutcome {

    record Known(Caller caller) implements CallerOutcome {}

    /**
     * Who asks hears of neither.
     *
     * @param token whose it was, if it is one
     */
    record Refused(Reason reason, Optional<ApiTokenId> token) implements CallerOutcome {

        static Refused of(Reason reason) {
            return new Refused(reason, Optional.empty());
        }
    }

    /** For the operator alone. */
    enum Reason {
        /** Neither drawn here nor anywhere: most often a slip, or something else in its place. */
        NO_TOKEN,
        UNKNOWN,
        REVOKED,
        EXPIRED,
        /** Unused for so long; another in its place will do. */
        SUSPENDED,
        OTHER_NETWORK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

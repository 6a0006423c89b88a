package postern.credentials.throttle;

import java.time.Duration;

/**
 * How many different names may fail from one source; wider networks bear a multiple.
 *
 * @param slowAfter so many within the window; after that all wrong answers to it are slow
 * @param refuseAfter so many within the window; one more is a refusal
 * @param trustedFactor what limits are multiplied by for a source that showed a right secret lately
 */
public record SourceLimits(
        int slowAfter, int refuseAfter, Duration window, int trustedFactor, Duration trustedFor, Doubling refusal) {

    /** The same for a network that bears more. */
    SourceLimits times(int factor) {
        return new SourceLimits(slowAfter * factor, refuseAfter * factor, window, trustedFactor, trustedFor, refusal);
    }
}

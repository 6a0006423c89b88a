package postern.credentials.throttle;

import java.time.Duration;

/**
 * How wrong answers to one name from one source become slow.
 *
 * @param freeMisses different wrong secrets that cost nothing, from where the name is a stranger
 * @param familiarMisses the same from where the name has logged in before
 * @param halfLife in which half of it is forgiven
 * @param most answers that may wait at once, and from one source
 */
public record Slowing(
        int freeMisses, int familiarMisses, Doubling delay, Duration halfLife, int most, int mostPerSource) {}

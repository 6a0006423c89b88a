package postern.credentials;

import java.time.Instant;

/**
 * A hold that all nodes go by.
 *
 * @param times the how many-eth of this kind lately
 * @param until by the clocks on the wall, which nodes share
 */
public record SharedHold(Held held, int times, Instant until) {}

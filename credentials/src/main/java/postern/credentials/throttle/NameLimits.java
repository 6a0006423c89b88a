package postern.credentials.throttle;

import java.time.Duration;

/**
 * What one name bears from places that are not familiar, all of them together.
 *
 * @param wrongSecrets so many different ones within the window; one more is a hold
 * @param sourcesPerDay so many sources; one more is a hold, and distributed guessing
 */
public record NameLimits(int wrongSecrets, Duration window, int sourcesPerDay, Doubling hold) {}

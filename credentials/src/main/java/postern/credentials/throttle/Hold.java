package postern.credentials.throttle;

import java.time.Duration;
import postern.credentials.HoldKind;

/**
 * A name or a network from which no wrong secret is looked into for a while.
 *
 * @param subject the login name, or the network in CIDR notation
 * @param times the how many-eth of this kind lately: each is twice as long as the one before
 */
public record Hold(HoldKind kind, String subject, int times, Duration left) {}

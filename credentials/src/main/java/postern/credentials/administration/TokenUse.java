package postern.credentials.administration;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * When a token last opened the API.
 *
 * @param client from where; empty once addresses of that time are no longer kept
 */
public record TokenUse(Instant at, Optional<InetAddress> client) {}

package postern.credentials;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * When, how and from where an app password was last used.
 *
 * @param device what the client called itself, if it did
 */
public record LastUse(Instant at, Protocol protocol, InetAddress client, Optional<String> device) {}

package postern.credentials;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * When, how and from where an app password was last used.
 *
 * @param client empty when it is no longer kept
 * @param device what the client called itself, if it did
 */
public record LastUse(Instant at, Protocol protocol, Optional<InetAddress> client, Optional<String> device) {

    /** As it is when it happens. */
    public LastUse(Instant at, Protocol protocol, InetAddress client, Optional<String> device) {
        this(at, protocol, Optional.of(client), device);
    }
}

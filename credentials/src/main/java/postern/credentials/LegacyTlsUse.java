package postern.credentials;

import java.time.Instant;
import java.util.Optional;

/**
 * A login by a version of TLS that is to be switched off one day.
 *
 * @param listener the door that takes it
 * @param version as people write it: 1.0
 * @param device what the client called itself, if it did
 */
public record LegacyTlsUse(Instant at, String listener, Protocol protocol, String version, Optional<String> device) {}

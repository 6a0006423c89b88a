package postern.credentials.grant;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.LoginName;

/**
 * A grant as it is given.
 *
 * @param expiresAt when it dies at the latest if nobody uses it; empty when nobody can say
 */
public record NewGrant(
        LoginName owner, String upstream, Purpose givenFor, GrantKind kind, Optional<Instant> expiresAt) {}

package postern.credentials.grant;

import java.util.Optional;

/**
 * A grant and its secret as they stood together at one moment. Close it when it has been used, and
 * has been told how that went.
 *
 * @param lease by which its holder has the grant's {@link Turn}; empty when it was only opened
 */
public record OpenGrant(Grant grant, GrantSecret secret, Optional<String> lease) implements AutoCloseable {

    @Override
    public void close() {
        secret.close();
    }
}

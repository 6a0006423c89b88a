package postern.credentials.provider;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who gives tokens, and what it knows us by.
 *
 * @param clientId empty when only a {@link ServiceAccount} asks there
 * @param scopes what a token is to open
 */
public record Provider(
        URI tokenEndpoint,
        Optional<URI> authorizationEndpoint,
        Optional<URI> deviceEndpoint,
        String clientId,
        ClientProof proof,
        List<String> scopes) {

    public Provider {
        scopes = List.copyOf(scopes);
    }
}

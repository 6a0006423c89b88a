package postern.credentials.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who gives tokens, and what it knows us by.
 *
 * @param issuer what it calls itself; empty when nobody signs in there for us
 * @param parameters of its page, besides those that are the protocol's own
 * @param clientId empty when only a {@link ServiceAccount} asks there
 * @param scopes what a token is to open
 */
public record Provider(
        URI tokenEndpoint,
        Optional<URI> authorizationEndpoint,
        Optional<URI> deviceEndpoint,
        Optional<String> issuer,
        Map<String, String> parameters,
        String clientId,
        ClientProof proof,
        List<String> scopes) {

    public Provider {
        parameters = Map.copyOf(parameters);
        scopes = List.copyOf(scopes);
    }
}

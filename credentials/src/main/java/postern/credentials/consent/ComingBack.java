package postern.credentials.consent;

import java.util.Optional;

/**
 * What somebody's browser brings back from a provider's page: a stranger's word, all of it. Prints as
 * stars.
 *
 * @param iss who says that it is them who sent it (RFC 9207)
 */
public record ComingBack(
        Optional<String> state,
        Optional<String> code,
        Optional<String> iss,
        Optional<String> error,
        Optional<String> description) {

    @Override
    public String toString() {
        return "***";
    }
}

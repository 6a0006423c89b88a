package postern.credentials.imported.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a file says, in its own words, before anybody has believed it. Holds a hash, or a password in
 * the place of one: prints as stars.
 */
record Claim(
        String externalId,
        String loginName,
        Optional<String> name,
        String hash,
        Set<String> protocols,
        List<String> networks,
        Optional<Instant> createdAt,
        Optional<Instant> expiresAt,
        boolean active) {

    @Override
    public String toString() {
        return "***";
    }
}

package postern.credentials.administration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import postern.credentials.Permission;
import postern.credentials.Role;
import postern.credentials.SourceNetwork;

/**
 * What kind of token is asked for. Never the token: nobody chooses that.
 *
 * @param scopes empty: all that the role may
 * @param networks empty: from anywhere
 * @param expiresAt empty: after as long as is usual
 */
public record TokenOrder(
        String name,
        Role role,
        Optional<Set<Permission>> scopes,
        List<SourceNetwork> networks,
        Optional<Instant> expiresAt) {

    private static final int MAX_NAME = 60;
    private static final int MOST_NETWORKS = 16;

    public TokenOrder {
        name = name.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "name: not one (expected: 1 to " + MAX_NAME + " characters, none of them a control character)");
        }
        scopes = scopes.map(Set::copyOf);
        check(role, scopes);
        networks = networks.stream().distinct().toList();
        if (networks.size() > MOST_NETWORKS) {
            throw new IllegalArgumentException(
                    "networks: " + networks.size() + " (expected: at most " + MOST_NETWORKS + ")");
        }
    }

    private static void check(Role role, Optional<Set<Permission>> scopes) {
        if (scopes.isEmpty() && role == Role.AUTOMATION) {
            throw new IllegalArgumentException("scopes: none (expected: what the program has to do, and no more)");
        }
        scopes.filter(Set::isEmpty).ifPresent(_ -> {
            throw new IllegalArgumentException("scopes: none (expected: at least one)");
        });
        scopes.filter(some -> !role.permissions().containsAll(some)).ifPresent(some -> {
            throw new IllegalArgumentException("scopes: " + some + " (expected: some of " + role + "'s)");
        });
    }

    /** One without limits of its own. */
    public static TokenOrder of(String name, Role role) {
        return new TokenOrder(name, role, Optional.empty(), List.of(), Optional.empty());
    }

    public TokenOrder withScopes(Set<Permission> wanted) {
        return new TokenOrder(name, role, Optional.of(wanted), networks, expiresAt);
    }

    public TokenOrder withNetworks(List<SourceNetwork> wanted) {
        return new TokenOrder(name, role, scopes, wanted, expiresAt);
    }

    public TokenOrder withExpiresAt(Instant wanted) {
        return new TokenOrder(name, role, scopes, networks, Optional.of(wanted));
    }

    Set<Permission> permissions() {
        return scopes.orElse(role.permissions());
    }
}

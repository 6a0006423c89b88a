package postern.credentials.administration;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import postern.credentials.Actor;
import postern.credentials.ApiTokenId;
import postern.credentials.Permission;
import postern.credentials.Role;
import postern.credentials.SourceNetwork;

/**
 * All that is known of a token but the token.
 *
 * @param name what it is for, for example "Nightly import"
 * @param scopes what of the role it may do; empty: all of it, also of what the role may do one day
 * @param networks from where it is taken; empty: from anywhere
 * @param createdBy empty when they were erased
 * @param lastUse up to a minute ago
 * @param rotatedTo the one that came in its place; until it expires, both work
 */
public record ApiTokenRecord(
        ApiTokenId id,
        String name,
        Role role,
        Optional<Set<Permission>> scopes,
        List<SourceNetwork> networks,
        Instant createdAt,
        Optional<Actor> createdBy,
        Instant expiresAt,
        Optional<TokenUse> lastUse,
        Optional<Instant> revokedAt,
        Optional<ApiTokenId> rotatedTo) {

    /** Who was not missed for so long is not let in again unseen. */
    public static final Duration SUSPENDED_AFTER = Duration.ofDays(90);

    /** Some of the role's, also where a version before this one allowed it more. */
    public Set<Permission> permissions() {
        if (scopes.isEmpty()) {
            return role.permissions();
        }
        EnumSet<Permission> both = EnumSet.noneOf(Permission.class);
        both.addAll(scopes.get());
        both.retainAll(role.permissions());
        return both;
    }

    public TokenState state(Instant now) {
        if (revokedAt.isPresent()) {
            return TokenState.REVOKED;
        } else if (!now.isBefore(expiresAt)) {
            return TokenState.EXPIRED;
        }
        Instant lastSeen = lastUse.map(TokenUse::at).orElse(createdAt);
        return now.isBefore(lastSeen.plus(SUSPENDED_AFTER)) ? TokenState.ACTIVE : TokenState.SUSPENDED;
    }

    /** Whoever shows it. */
    Caller caller() {
        return new Caller(Actor.token(id.value()), role, permissions());
    }

    ApiTokenRecord endingAt(Instant other, ApiTokenId next) {
        return new ApiTokenRecord(
                id, name, role, scopes, networks, createdAt, createdBy, other, lastUse, revokedAt, Optional.of(next));
    }
}

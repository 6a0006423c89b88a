package postern.credentials;

import java.time.Instant;
import java.util.Optional;

/**
 * One app password of one person: a name they chose, what we keep of the secret, and its lifetime.
 *
 * @param name what the person calls it, for example "Outlook on the old laptop"
 * @param tag finds this app password among the owner's; no other of the owner's has the same
 * @param hash proves the secret; the secret itself is shown once and forgotten
 * @param expiresAt empty when the app password lives until it is revoked
 */
public record AppPassword(
        AppPasswordId id,
        LoginName owner,
        String name,
        LookupTag tag,
        PasswordHash hash,
        Instant createdAt,
        Optional<Instant> expiresAt) {

    private static final int MAX_NAME = 60;

    public AppPassword {
        name = name.strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name: " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name: has a control character (expected: none)");
        }
        expiresAt.filter(end -> !end.isAfter(createdAt)).ifPresent(end -> {
            throw new IllegalArgumentException("expires_at: " + end + " (expected: after " + createdAt + ")");
        });
    }

    public boolean isUsableAt(Instant now) {
        return expiresAt.map(now::isBefore).orElse(true);
    }
}

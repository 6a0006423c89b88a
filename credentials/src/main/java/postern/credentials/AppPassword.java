package postern.credentials;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * One app password of one account: a name they chose, what we keep of the secret, and what it is good for.
 *
 * @param name what its owner calls it, for example "Outlook on the old laptop"
 * @param suspended refused until it is resumed; nothing else of it changes
 * @param resumedAt when it was last resumed, or made: before then, it is not blamed for being unused
 */
public record AppPassword(
        AppPasswordId id,
        LoginName owner,
        String name,
        Proof proof,
        Scope scope,
        boolean suspended,
        Instant createdAt,
        Instant resumedAt) {

    private static final int MAX_NAME = 60;

    public AppPassword {
        name = name.strip();
        checkName(name);
        checkEnd(scope, createdAt);
    }

    /**
     * Whether it would be good for anything.
     *
     * @throws IllegalArgumentException when it would end before it begins
     */
    public static void checkEnd(Scope scope, Instant createdAt) {
        scope.expiresAt().filter(end -> !end.isAfter(createdAt)).ifPresent(end -> {
            throw new IllegalArgumentException("expires_at: " + end + " (expected: after " + createdAt + ")");
        });
    }

    /**
     * Whether it could be called so.
     *
     * @throws IllegalArgumentException when not
     */
    public static void checkName(String typed) {
        String name = typed.strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name: " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name: has a control character (expected: none)");
        }
    }

    /** A new one. */
    public AppPassword(AppPasswordId id, LoginName owner, String name, Proof proof, Scope scope, Instant createdAt) {
        this(id, owner, name, proof, scope, false, createdAt, createdAt);
    }

    public AppPassword withName(String other) {
        return new AppPassword(id, owner, other, proof, scope, suspended, createdAt, resumedAt);
    }

    public AppPassword withProof(Proof other) {
        return new AppPassword(id, owner, name, other, scope, suspended, createdAt, resumedAt);
    }

    public AppPassword withScope(UnaryOperator<Scope> change) {
        return new AppPassword(id, owner, name, proof, change.apply(scope), suspended, createdAt, resumedAt);
    }

    public AppPassword suspend() {
        return new AppPassword(id, owner, name, proof, scope, true, createdAt, resumedAt);
    }

    public AppPassword resume(Instant now) {
        return new AppPassword(id, owner, name, proof, scope, false, createdAt, now);
    }
}

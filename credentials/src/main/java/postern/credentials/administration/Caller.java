package postern.credentials.administration;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import postern.credentials.Actor;
import postern.credentials.By;
import postern.credentials.Permission;
import postern.credentials.Role;

/**
 * Somebody who has proven who they are, and asks for something.
 *
 * @param permissions some of the role's, or all
 */
public record Caller(Actor actor, Role role, Set<Permission> permissions) {

    public Caller {
        permissions = Set.copyOf(permissions);
        if (!role.permissions().containsAll(permissions)) {
            throw new IllegalArgumentException("permissions: " + permissions + " (expected: some of " + role + "'s)");
        }
    }

    public static Caller of(Actor actor, Role role) {
        return new Caller(actor, role, role.permissions());
    }

    /** Unlike any other, whatever they may. */
    public String id() {
        return actor.kind() + " " + actor.name();
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public By by(String requestId, Instant at) {
        return new By(actor, Optional.of(requestId), at);
    }
}

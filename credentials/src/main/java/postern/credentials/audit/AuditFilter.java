package postern.credentials.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import postern.credentials.LoginName;

/**
 * Which entries somebody wants to see.
 *
 * @param kinds none for all
 * @param from when the first of them may have happened
 * @param until before when all of them have happened
 */
public record AuditFilter(
        Optional<LoginName> subject, Set<AuditKind> kinds, Optional<Instant> from, Optional<Instant> until) {

    public static final AuditFilter ALL =
            new AuditFilter(Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

    public AuditFilter {
        kinds = Set.copyOf(kinds);
    }

    public static AuditFilter of(AuditKind kind) {
        return new AuditFilter(Optional.empty(), Set.of(kind), Optional.empty(), Optional.empty());
    }
}

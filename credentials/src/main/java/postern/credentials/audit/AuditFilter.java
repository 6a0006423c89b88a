package postern.credentials.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/**
 * Which entries somebody wants to see: those of which all of this is so.
 *
 * @param subject whom they are about
 * @param actor who did it: the name of a person or an administrator, or the id of a token
 * @param kinds none for all
 * @param from when the first of them may have happened
 * @param until before when all of them have happened
 */
public record AuditFilter(
        Optional<LoginName> subject,
        Optional<String> actor,
        Optional<AppPasswordId> appPassword,
        Set<AuditKind> kinds,
        Optional<Instant> from,
        Optional<Instant> until) {

    public static final AuditFilter ALL = new AuditFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

    public AuditFilter {
        kinds = Set.copyOf(kinds);
    }

    public static AuditFilter of(AuditKind kind) {
        return ALL.withKinds(Set.of(kind));
    }

    public AuditFilter withSubject(LoginName one) {
        return new AuditFilter(Optional.of(one), actor, appPassword, kinds, from, until);
    }

    public AuditFilter withActor(String one) {
        return new AuditFilter(subject, Optional.of(one), appPassword, kinds, from, until);
    }

    public AuditFilter withAppPassword(AppPasswordId one) {
        return new AuditFilter(subject, actor, Optional.of(one), kinds, from, until);
    }

    public AuditFilter withKinds(Set<AuditKind> some) {
        return new AuditFilter(subject, actor, appPassword, some, from, until);
    }

    public AuditFilter withFrom(Instant then) {
        return new AuditFilter(subject, actor, appPassword, kinds, Optional.of(then), until);
    }

    public AuditFilter withUntil(Instant then) {
        return new AuditFilter(subject, actor, appPassword, kinds, from, Optional.of(then));
    }
}

package postern.credentials.audit;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import postern.credentials.Actor;
import postern.credentials.StoreUnavailableException;

/**
 * What the chain itself says is no longer kept: who was erased, before when addresses were removed,
 * up to where it was pruned. Whatever else is missing was taken.
 */
public final class Withheld {

    private static final String BEFORE = "before";
    private static final String THROUGH = "through";
    private static final String DIGEST = "digest";
    private static final Actor RETENTION = Actor.system("retention");

    private final AuditHistory history;
    private Set<String> erased = Set.of();
    private Instant addressesBefore = Instant.MIN;

    Withheld(AuditHistory history) {
        this.history = history;
    }

    /** Says so of a person, whose pseudonym the entry will bear. */
    public static AuditEvent erasure(Actor by, Instant at, RandomGenerator random) {
        return AuditEvent.of(AuditKind.USER_ERASED, by, at, random);
    }

    /** Says so of all addresses of what happened before. */
    public static AuditEvent addresses(Instant before, Instant at, RandomGenerator random) {
        return AuditEvent.of(AuditKind.AUDIT_ADDRESSES_REMOVED, RETENTION, at, random)
                .with(BEFORE, before.toString());
    }

    /** Says so of the oldest entries. */
    public static AuditEvent oldest(AuditEntry last, Instant at, RandomGenerator random) {
        return AuditEvent.of(AuditKind.AUDIT_PRUNED, RETENTION, at, random)
                .with(THROUGH, String.valueOf(last.sequence()))
                .with(DIGEST, last.digest());
    }

    /** What the first kept entry stands on, by the last event that tells of it. */
    String beginning() throws StoreUnavailableException {
        return newest(AuditKind.AUDIT_PRUNED)
                .map(pruned -> fact(pruned, THROUGH) + " " + fact(pruned, DIGEST))
                .orElse("0 " + AuditEntry.NO_DIGEST);
    }

    /** Whether this part may be missing; looks again before it says no, since it may have gone just now. */
    boolean mayLack(AuditEntry entry, PersonalPart part) throws StoreUnavailableException {
        if (!isKnownToLack(entry, part)) {
            look();
        }
        return isKnownToLack(entry, part);
    }

    private boolean isKnownToLack(AuditEntry entry, PersonalPart part) {
        return switch (part) {
            case SUBJECT -> isErased(entry.subject());
            case ACTOR -> isErased(entry.actor());
            case ADDRESS ->
                isErased(entry.subject())
                        || isErased(entry.actor())
                        || Instant.ofEpochMilli(entry.at()).isBefore(addressesBefore);
        };
    }

    private boolean isErased(Optional<String> pseudonym) {
        return pseudonym.filter(erased::contains).isPresent();
    }

    private void look() throws StoreUnavailableException {
        addressesBefore = newest(AuditKind.AUDIT_ADDRESSES_REMOVED)
                .map(removed -> Instant.parse(fact(removed, BEFORE)))
                .orElse(Instant.MIN);
        Set<String> found = new HashSet<>();
        AuditFilter erasures = AuditFilter.of(AuditKind.USER_ERASED);
        List<AuditEntry> page = history.after(0, erasures, AuditHistory.MOST);
        while (!page.isEmpty()) {
            page.forEach(erasure -> erasure.subject().ifPresent(found::add));
            page = history.after(page.getLast().sequence(), erasures, AuditHistory.MOST);
        }
        erased = found;
    }

    private Optional<AuditEntry> newest(AuditKind kind) throws StoreUnavailableException {
        return history.before(Long.MAX_VALUE, AuditFilter.of(kind), 1).stream().findFirst();
    }

    private static String fact(AuditEntry entry, String name) {
        return entry.facts().getOrDefault(name, "");
    }
}

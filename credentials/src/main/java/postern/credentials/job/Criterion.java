package postern.credentials.job;

import java.time.Instant;
import java.util.Set;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.Role;
import postern.credentials.SourceNetwork;

/** Something that can be said of an app password, by which many are chosen. */
public sealed interface Criterion {

    /** Its owner is a person of this group, or a device of it. */
    record InGroup(String group) implements Criterion {}

    /**
     * The owner's login name ends with it.
     *
     * @param domain what is behind the @
     */
    record InDomain(String domain) implements Criterion {

        public InDomain {
            domain = new LoginName("one@" + domain).domain();
        }
    }

    /** Nobody has used it since, nor was it made or resumed since. */
    record UnusedSince(Instant since) implements Criterion {}

    /** It is older. */
    record CreatedBefore(Instant before) implements Criterion {}

    /** It is good for this protocol, whatever else it is good for. */
    record GoodFor(Protocol protocol) implements Criterion {}

    /** Who used it last came from there, as far as that is still kept. */
    record LastUsedFrom(SourceNetwork network) implements Criterion {}

    /** Its owner is nobody above who is that. */
    record WithinReachOf(Role role) implements Criterion {}

    /** It belongs to one of these. */
    record OfOwners(Set<LoginName> owners) implements Criterion {

        public OfOwners {
            owners = Set.copyOf(owners);
            checkCount("owners", owners);
        }
    }

    /** It is one of these. */
    record AnyOf(Set<AppPasswordId> ids) implements Criterion {

        public AnyOf {
            ids = Set.copyOf(ids);
            checkCount("app passwords", ids);
        }
    }

    /** So many can be listed by name; for more there are the other criteria, or another job. */
    int MOST_LISTED = 1000;

    private static void checkCount(String what, Set<?> listed) {
        if (listed.isEmpty() || listed.size() > MOST_LISTED) {
            throw new IllegalArgumentException(what + ": " + listed.size() + " (expected: 1 to " + MOST_LISTED + ")");
        }
    }
}

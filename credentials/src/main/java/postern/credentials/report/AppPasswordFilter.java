package postern.credentials.report;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.Protocol;

/**
 * Which app passwords somebody wants to see: those of which all of this is so.
 *
 * @param unusedSince those that were last used before then, or made before then and never used
 * @param group of the owner
 * @param domain of the owner's login name, in ASCII
 * @param protocol that it opens, others or not
 */
public record AppPasswordFilter(
        Optional<Instant> unusedSince,
        Optional<Instant> createdBefore,
        Optional<String> group,
        Optional<String> domain,
        Optional<Protocol> protocol) {

    public static final AppPasswordFilter ALL = new AppPasswordFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public AppPasswordFilter withUnusedSince(Instant then) {
        return new AppPasswordFilter(Optional.of(then), createdBefore, group, domain, protocol);
    }

    public AppPasswordFilter withCreatedBefore(Instant then) {
        return new AppPasswordFilter(unusedSince, Optional.of(then), group, domain, protocol);
    }

    public AppPasswordFilter withGroup(String one) {
        return new AppPasswordFilter(unusedSince, createdBefore, Optional.of(one), domain, protocol);
    }

    public AppPasswordFilter withDomain(String one) {
        return new AppPasswordFilter(unusedSince, createdBefore, group, Optional.of(one), protocol);
    }

    public AppPasswordFilter withProtocol(Protocol one) {
        return new AppPasswordFilter(unusedSince, createdBefore, group, domain, Optional.of(one));
    }
}

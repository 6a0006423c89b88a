package postern.credentials.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import postern.credentials.Role;

/**
 * Which app passwords are to be revoked: those for which all of this holds. One that says nothing would be
 * everybody's, and is refused.
 */
public record RevocationFilter(List<Criterion> criteria) {

    public RevocationFilter {
        criteria = List.copyOf(criteria);
        Set<Class<?>> kinds = new HashSet<>();
        criteria.forEach(one -> kinds.add(one.getClass()));
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("filter: says nothing (expected: at least one criterion)");
        } else if (kinds.size() < criteria.size()) {
            throw new IllegalArgumentException("filter: says one thing twice (expected: each criterion once)");
        }
    }

    /** But of nobody above who is that. */
    public RevocationFilter within(Role role) {
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(new Criterion.WithinReachOf(role));
        return new RevocationFilter(more);
    }

    public static RevocationFilter of(Criterion... criteria) {
        return new RevocationFilter(List.of(criteria));
    }
}

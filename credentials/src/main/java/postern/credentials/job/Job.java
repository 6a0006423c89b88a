package postern.credentials.job;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.By;

/**
 * One piece of long work, as it stands now; the same on every node.
 *
 * @param begun by whom, and when; the name goes when they are erased
 * @param startedAt when a node first took it up
 * @param total how many things it is about
 * @param done how many of them were tried
 * @param failed how many of those came to nothing
 */
public record Job(
        JobId id,
        JobWork work,
        By begun,
        JobState state,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        int total,
        int done,
        int failed) {}

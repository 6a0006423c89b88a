package postern.credentials.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;

/**
 * Where jobs are, and what came of each thing they are about. What a job is about is written down when it is
 * begun: what is added later is none of its business, and what was looked at is what is done.
 *
 * <p>Jobs are done by whichever node takes them, in steps that are wholly done or not at all. A step says in
 * the job's row that its node is alive. When that ends, another node goes on behind the last step: nothing is
 * done twice, and nothing is left out. Calls may block; callers are never on an event loop.
 */
public interface JobStore {

    /**
     * A job may be about so many things: they are written down at once, and for so long others who write have
     * to wait.
     */
    int MOST = 100_000;

    /** Long enough to answer who asks after a holiday what was done to them; the audit trail keeps more, for longer. */
    Duration KEPT = Duration.ofDays(30);

    /** Counts exactly what the filter finds, and changes nothing. */
    Preview preview(RevocationFilter filter) throws StoreUnavailableException;

    /**
     * Queues it.
     *
     * @param expected how many app passwords the preview has shown
     */
    Beginning begin(RevocationFilter filter, int expected, By by) throws StoreUnavailableException;

    Optional<Job> find(JobId id) throws StoreUnavailableException;

    /**
     * The latest first.
     *
     * @param before begun earlier than this one; empty for the first page
     */
    List<Job> jobs(Optional<JobId> before, int limit) throws StoreUnavailableException;

    /**
     * By place.
     *
     * @param after the place that the page before ended with, or zero
     */
    List<JobResult> results(JobId id, long after, int limit) throws StoreUnavailableException;

    /**
     * Stops it, once the step that is being done is done.
     *
     * @return it as it is now, which is as it was when it is over; empty when there is none
     */
    Optional<Job> cancel(JobId id, By by) throws StoreUnavailableException;

    /**
     * The job that has waited longest, or one whose node has died, or that this node was about to do before
     * the store was away.
     *
     * @param node unlike any other
     */
    Optional<JobId> take(String node) throws StoreUnavailableException;

    /**
     * Does the next few things, all or none of them.
     *
     * @return false when there is nothing more to do here: the job is over, or is another node's by now
     */
    boolean step(JobId id, String node) throws StoreUnavailableException;

    /** This node does not go on, and another may at once. */
    void giveBack(JobId id, String node) throws StoreUnavailableException;

    /** Nobody can go on. Changes nothing when the job is another node's by now. */
    void fail(JobId id, String node) throws StoreUnavailableException;

    /** Forgets what ended longer ago than it is kept; says how many jobs they were. */
    int forgetOver(Instant now) throws StoreUnavailableException;
}

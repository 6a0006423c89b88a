package postern.credentials.job;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.StoreUnavailableException;

/**
 * Does jobs on this node, one after the other, as long as there are any. A store that is away delays them; what
 * is closed half-way, another node goes on with.
 */
public final class JobRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final JobStore jobs;
    private final String node;
    private final Duration pollInterval;
    private final Ticker ticker;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean away;

    private JobRunner(JobStore jobs, String node, Duration pollInterval, Ticker ticker) {
        this.jobs = jobs;
        this.node = node;
        this.pollInterval = pollInterval;
        this.ticker = ticker;
        this.thread = Thread.ofVirtual().name("jobs").unstarted(this::run);
    }

    /**
     * Looks for jobs from now on.
     *
     * @param node unlike any other, also than this one after its next start
     * @param pollInterval how often it looks whether there is a job
     */
    public static JobRunner start(JobStore jobs, String node, Duration pollInterval, Ticker ticker) {
        JobRunner runner = new JobRunner(jobs, node, pollInterval, ticker);
        runner.thread.start();
        return runner;
    }

    private void run() {
        while (!closedWithin(pollInterval)) {
            try {
                look();
                away = false;
            } catch (StoreUnavailableException e) {
                if (!away) {
                    LOG.atWarn().addKeyValue("cause", e.getMessage()).log("jobs wait for the store");
                }
                away = true;
            }
        }
    }

    private void look() throws StoreUnavailableException {
        Optional<JobId> job = jobs.take(node);
        while (job.isPresent() && goOn(job.get())) {
            job = jobs.take(node);
        }
    }

    /** False when this node is to end. */
    private boolean goOn(JobId job) throws StoreUnavailableException {
        try {
            boolean more = true;
            while (more) {
                long began = ticker.read();
                more = jobs.step(job, node);
                if (more && closedWithin(breather(began))) {
                    jobs.giveBack(job, node);
                    return false;
                }
            }
        } catch (RuntimeException bug) {
            LOG.atError().addKeyValue("job", job).setCause(bug).log("a job failed; what it has done stays done");
            jobs.fail(job, node);
        }
        return !closedWithin(Duration.ZERO);
    }

    /** Half as long as the step took: SQLite has no queue of writers, and who always comes back keeps all others out. */
    private Duration breather(long began) {
        return Duration.ofNanos((ticker.read() - began) / 2);
    }

    private boolean closedWithin(Duration time) {
        try {
            return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the jobs", e);
        }
    }

    /** Returns when the step that is being done is done. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

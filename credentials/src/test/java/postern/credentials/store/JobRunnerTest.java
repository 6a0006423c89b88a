package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.StoreUnavailableException;
import postern.credentials.job.Beginning.Begun;
import postern.credentials.job.Criterion.OfOwners;
import postern.credentials.job.Job;
import postern.credentials.job.JobId;
import postern.credentials.job.JobRunner;
import postern.credentials.job.JobState;
import postern.credentials.job.RevocationFilter;

/** {@link JobRunner} on the real store. */
@ParameterizedClass
@EnumSource
class JobRunnerTest {

    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final int MANY = 60;

    private final Node node;
    private final SqlJobs jobs;

    /** One thing at a time, so that there is something to interrupt. */
    JobRunnerTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.node = Node.on(engine.open(folder), Node.SELDOM);
        this.jobs = new SqlJobs(node.sample().changes(), InstantSource.system(), new SecureRandom(), 1);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aJobIsDoneByWhoeverHasTime() throws Exception {
        JobId id = begin(3);

        try (JobRunner _ = start("node-1");
                JobRunner _ = start("node-2")) {
            await().until(() -> job(id).state() == JobState.DONE);
        }

        assertThat(job(id).done()).isEqualTo(3);
        assertThat(node.store().of(ADA)).isEmpty();
    }

    @Test
    void whatIsClosedHalfWayIsGoneOnWithAtOnce() throws Exception {
        JobId id = begin(MANY);
        try (JobRunner _ = start("node-1")) {
            await().pollInterval(OFTEN).until(() -> job(id).done() > 0);
        }
        int done = job(id).done();
        assertThat(job(id).done()).as("nobody goes on").isEqualTo(done);

        try (JobRunner _ = start("node-2")) {
            await().until(() -> job(id).state().isOver());
        }

        assertThat(job(id).state()).isEqualTo(JobState.DONE);
        assertThat(job(id).done()).isEqualTo(MANY);
    }

    @Test
    void whoIsToldToStopStopsAndIsThereForTheNext() throws Exception {
        JobId first = begin(MANY);
        try (JobRunner _ = start("node-1")) {
            await().pollInterval(OFTEN).until(() -> job(first).done() > 0);
            jobs.cancel(first, ROOT);
            JobId second = begin(1);
            await().until(() -> job(second).state().isOver());
        }

        assertThat(job(first).state()).isIn(JobState.CANCELLED, JobState.DONE);
        assertThat(node.store().of(ADA)).isEmpty();
    }

    private JobRunner start(String name) {
        return JobRunner.start(jobs, name, OFTEN, Ticker.systemTicker());
    }

    private Job job(JobId id) throws StoreUnavailableException {
        return jobs.find(id).orElseThrow();
    }

    /** So many more of Ada's, and all she has then. */
    private JobId begin(int more) throws StoreUnavailableException {
        if (node.sample().accounts().account(ADA).isEmpty()) {
            node.addAda();
        }
        for (int i = 0; i < more; i++) {
            var _ = node.issue();
        }
        RevocationFilter hers = RevocationFilter.of(new OfOwners(Set.of(ADA)));
        if (jobs.begin(hers, jobs.preview(hers).appPasswords(), ROOT) instanceof Begun(Job job)) {
            return job.id();
        }
        throw new AssertionError("not begun");
    }
}

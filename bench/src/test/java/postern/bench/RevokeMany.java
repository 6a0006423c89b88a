package postern.bench;

import static postern.credentials.SampleLogins.ROOT;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import postern.credentials.Account;
import postern.credentials.LoginName;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.job.Beginning;
import postern.credentials.job.Criterion.InDomain;
import postern.credentials.job.Job;
import postern.credentials.job.JobRunner;
import postern.credentials.job.JobStore;
import postern.credentials.job.Preview;
import postern.credentials.job.RevocationFilter;
import postern.credentials.store.SqlJobs;
import postern.credentials.store.SqliteDatabase;

/** §5.8: a job that revokes the app passwords of a whole domain, on a file of SQLite, while others change something. */
final class RevokeMany implements Bench {

    private static final RevocationFilter ALL = RevocationFilter.of(new InDomain("example.org"));
    private static final Duration BETWEEN_OTHERS = Duration.ofMillis(20);

    @Override
    public List<Figure> measure() throws Exception {
        try (StoreFile file = StoreFile.create();
                SampleStore store = SampleStore.on(SqliteDatabase.open(file.path()))) {
            LargeDomain.add(file.path());
            JobStore jobs = new SqlJobs(store.changes(), InstantSource.system(), new SecureRandom());
            return measure(store, jobs);
        }
    }

    private static List<Figure> measure(SampleStore store, JobStore jobs) throws Exception {
        long began = System.nanoTime();
        Preview preview = jobs.preview(ALL);
        double looking = since(began);
        began = System.nanoTime();
        if (!(jobs.begin(ALL, preview.appPasswords(), ROOT) instanceof Beginning.Begun(Job job))) {
            throw new IllegalStateException("not begun");
        }
        double beginning = since(began);

        began = System.nanoTime();
        double longest = 0;
        int others = 0;
        try (JobRunner _ = JobRunner.start(jobs, "node", Duration.ofMillis(10), Ticker.systemTicker())) {
            while (!jobs.find(job.id()).orElseThrow().state().isOver()) {
                longest = Math.max(longest, another(store, others));
                others++;
                TimeUnit.MILLISECONDS.sleep(BETWEEN_OTHERS.toMillis());
            }
        }
        double took = since(began);
        Job done = jobs.find(job.id()).orElseThrow();
        return List.of(
                Figure.exactly("app passwords revoked by one job", LargeDomain.PEOPLE, done.done()),
                Figure.exactly("left over", 0, jobs.preview(ALL).appPasswords()),
                Figure.atMost("it took", 60, took, " s"),
                Figure.told("to count them", looking, " s"),
                Figure.told("to begin, while nobody else writes", beginning, " s"),
                Figure.count("other changes meanwhile", others),
                Figure.told("the longest of these", longest, " s"));
    }

    /** Somebody comes to another domain. */
    private static double another(SampleStore store, int number) throws StoreUnavailableException {
        long began = System.nanoTime();
        var _ = store.accounts()
                .add(Account.person(new LoginName("other" + number + "@example.com"), SampleLogins.MONDAY), ROOT);
        return since(began);
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / (double) Duration.ofSeconds(1).toNanos();
    }
}

package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.UUID;
import postern.credentials.job.JobRunner;

/** Who does the long work that administrators start: this node, when it has time. */
final class JobWiring {

    /** So long a job waits at most for a node that has nothing else to do. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private JobWiring() {}

    static void start(Stores stores, Shutdown shutdown) {
        String node = UUID.randomUUID().toString(); // who comes back after a crash is another
        shutdown.of("jobs", JobRunner.start(stores.jobs(), node, BETWEEN_LOOKS, Ticker.systemTicker()));
    }
}

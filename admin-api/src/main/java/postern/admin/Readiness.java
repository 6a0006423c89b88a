package postern.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must work for this process to be of use, by name. A check that takes longer than two seconds
 * fails; while it is still under way it is not started again, however often somebody asks.
 */
public final class Readiness {

    /** Returns when all is well, throws when not. May block. */
    @FunctionalInterface
    public interface Check {
        void run() throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Probe> probes = new LinkedHashMap<>();

    /**
     * Nothing is checked before somebody asks.
     *
     * @param checks told in this order
     */
    public Readiness(Map<String, Check> checks) {
        checks.forEach((name, check) -> probes.put(name, new Probe(name, check)));
    }

    /** Whether each is well. All are asked at once; waits for the slowest, for two seconds at most. */
    Map<String, Boolean> ask() {
        Map<String, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();
        probes.forEach((name, probe) -> asked.put(name, probe.ask()));
        Map<String, Boolean> well = new LinkedHashMap<>();
        asked.forEach((name, answer) -> well.put(name, answer.join()));
        return well;
    }

    private static final class Probe {

        private final String name;
        private final Check check;
        private CompletableFuture<Boolean> underWay = CompletableFuture.completedFuture(true);

        Probe(String name, Check check) {
            this.name = name;
            this.check = check;
        }

        synchronized CompletableFuture<Boolean> ask() {
            if (underWay.isDone()) {
                underWay = CompletableFuture.runAsync(this::run, Thread::startVirtualThread)
                        .handle((_, failure) -> isWell(failure));
            }
            return underWay.copy().completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void run() {
            try {
                check.run();
            } catch (Exception e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        private boolean isWell(@Nullable Throwable failure) {
            if (failure != null) {
                LOG.atWarn()
                        .addKeyValue("check", name)
                        .addKeyValue("reason", String.valueOf(failure.getMessage()))
                        .log("not ready");
            }
            return failure == null;
        }
    }
}

package postern.bench;

import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of one class, shortly, and says nothing meanwhile. */
final class Jmh {

    private static final TimeValue SECOND = TimeValue.seconds(1);

    private Jmh() {}

    static Collection<RunResult> run(Class<?> benchmarks) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                        .verbosity(VerboseMode.SILENT)
                        .forks(2)
                        .warmupIterations(2)
                        .warmupTime(SECOND)
                        .measurementIterations(4)
                        .measurementTime(SECOND)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    /** Of all iterations: one that others disturbed does not move it. */
    static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    static double bytesOfOne(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"), "the profiler is on")
                .getScore();
    }
}

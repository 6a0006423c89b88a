package postern.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.results.RunResult;

/** C-09: logins with a secret that was proven lately, two threads at once. */
final class RecentMatchHits implements Bench {

    private static final double LEAST_PER_SECOND = 50_000;

    @Override
    public List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : Jmh.run(RecentMatchBench.class).stream()
                .sorted(Comparator.comparing(result -> result.getPrimaryResult().getLabel()))
                .toList()) {
            String what = switch (result.getPrimaryResult().getLabel()) {
                case "prove" -> "verifications by a recent match on 2 threads";
                case "logIn" -> "whole logins by a recent match on 2 threads";
                default ->
                    throw new IllegalStateException(
                            "benchmark: " + result.getPrimaryResult().getLabel());
            };
            figures.add(Figure.atLeast(what, LEAST_PER_SECOND, Jmh.median(result), "/s"));
            figures.add(Figure.told("allocated for one", Jmh.bytesOfOne(result), " B"));
        }
        return figures;
    }
}

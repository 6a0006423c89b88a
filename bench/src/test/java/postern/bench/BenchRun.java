package postern.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs the benches that are named, or all, one after the other, and prints one table. A figure that was missed is told
 * and fails nothing: a machine may have had a bad day. A bench that could not be run does.
 */
final class BenchRun {

    private static final Duration FOR_ALL = Duration.ofMinutes(20);
    private static final int USAGE = 2;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final long began = System.nanoTime();
    private final List<String> failed = new ArrayList<>();

    private BenchRun() {}

    public static void main(String[] names) throws InterruptedException {
        List<Benches> chosen =
                Stream.of(names).flatMap(name -> Benches.named(name).stream()).toList();
        if (chosen.size() < names.length) {
            System.err.println("bench: " + String.join(" ", names) + " (expected: some of " + List.of(Benches.values())
                    + ", or none for all)");
            System.exit(USAGE);
        }
        System.exit(new BenchRun().run(chosen.isEmpty() ? List.of(Benches.values()) : chosen));
    }

    private int run(List<Benches> chosen) throws InterruptedException {
        Others before = Others.read();
        Table table = new Table("what", "must", "aim", "measured", "", "repeat it with");
        for (Benches bench : chosen) {
            System.err.println(bench + " …");
            for (Figure figure : figures(bench)) {
                table.add(
                        figure.what(),
                        figure.must(),
                        figure.aim(),
                        figure.measured(),
                        figure.verdict().toString(),
                        "`./postern bench " + bench + "`");
            }
        }
        out.printf(
                Locale.ROOT,
                "%s. Others took %.0f %% of the machine meanwhile.%n",
                Machine.facts(),
                100 * Others.read().shareSince(before));
        out.println();
        table.print(out);
        failed.forEach(out::println);
        return failed.isEmpty() ? 0 : 1;
    }

    private List<Figure> figures(Benches bench) throws InterruptedException {
        Duration left = FOR_ALL.minusNanos(System.nanoTime() - began);
        try {
            return ChildJvm.run(
                            left.compareTo(bench.limit()) < 0 ? left : bench.limit(),
                            bench.options(),
                            OneBench.class,
                            bench.name())
                    .stream()
                    .map(Figure::parse)
                    .toList();
        } catch (IOException e) {
            failed.add(bench + " was not measured: " + e.getMessage());
            return List.of();
        }
    }
}

package postern.bench.doors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and those it started: what all of them took. One that is gone counts with whoever saw it end. */
record ProcessTree(ProcessHandle root) {

    private static final double TICKS_PER_SECOND = 100; // of every Linux that Debian has
    private static final String END_OF_NAME = ") ";

    /** Behind the name: own time by user and by system, then that of children that ended. */
    private static final int CPU_FROM = 11;

    private static final int CPU_TO = 15;

    double cpuSeconds() {
        return handles().mapToDouble(ProcessTree::cpuSeconds).sum();
    }

    /** Resident, with what is shared divided among those who share it. */
    double memoryKib() {
        return handles().mapToDouble(ProcessTree::memoryKib).sum();
    }

    Stream<ProcessHandle> handles() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static double cpuSeconds(ProcessHandle one) {
        try {
            String stat = Files.readString(proc(one, "stat"));
            return Stream.of(stat.substring(stat.lastIndexOf(END_OF_NAME) + END_OF_NAME.length())
                                    .split(" "))
                            .skip(CPU_FROM)
                            .limit(CPU_TO - CPU_FROM)
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException _) {
            return 0; // it ended meanwhile
        }
    }

    private static double memoryKib(ProcessHandle one) {
        try {
            List<String> rollup = Files.readAllLines(proc(one, "smaps_rollup"));
            return rollup.stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException _) {
            return 0;
        }
    }

    private static Path proc(ProcessHandle one, String file) {
        return Path.of("/proc", String.valueOf(one.pid()), file);
    }
}

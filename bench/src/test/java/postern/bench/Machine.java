package postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What the figures are figures of. */
final class Machine {

    static final int CORES = Runtime.getRuntime().availableProcessors();

    private Machine() {}

    static String facts() {
        return "%s, %d cores (%s), JDK %s, Linux %s"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        CORES,
                        model(),
                        Runtime.version(),
                        System.getProperty("os.version"));
    }

    /** Of this process, in MiB: VmRSS, or VmHWM for the most it ever was. */
    static double memoryMib(String field) throws IOException {
        return value(Path.of("/proc/self/status"), field)
                        .map(text -> Double.parseDouble(text.replace("kB", "").strip()))
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    private static String model() {
        try {
            return value(Path.of("/proc/cpuinfo"), "model name").findFirst().orElse("unknown");
        } catch (IOException _) {
            return "unknown";
        }
    }

    private static Stream<String> value(Path file, String field) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(line.indexOf(':') + 1).strip());
    }
}

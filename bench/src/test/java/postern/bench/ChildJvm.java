package postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import postern.credentials.store.SqliteDatabase;

/** A JVM like this one that has done nothing yet: what it takes is taken by what it is asked to do. */
final class ChildJvm {

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** As many as the server has. */
    private static final int CARRIERS = Machine.CORES + SqliteDatabase.CONNECTIONS;

    private ChildJvm() {}

    /** The lines it wrote; throws when it failed or went on for too long. */
    static List<String> run(Duration limit, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS,
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Path written = Files.createTempFile("bench", ".out");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectOutput(written.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                end(child);
                throw new IOException("more than " + limit.toSeconds() + " s");
            }
            if (child.exitValue() != 0) {
                throw new IOException("exit code " + child.exitValue() + ", see above");
            }
            return Files.readAllLines(written);
        } finally {
            Files.delete(written);
        }
    }

    /** Politely first: it may have started a PostgreSQL, and ends that itself. */
    private static void end(Process child) throws InterruptedException {
        List<ProcessHandle> all = child.descendants().toList();
        child.destroy();
        if (!child.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
            child.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}

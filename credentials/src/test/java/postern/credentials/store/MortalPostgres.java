package postern.credentials.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL of a test's own, to be stopped, frozen and killed. It comes back on the same port with the same data. */
public final class MortalPostgres implements AutoCloseable {

    private final Path folder;
    private EmbeddedPostgres server;

    public MortalPostgres(Path folder) throws IOException {
        this.folder = folder;
        this.server = onFolder(folder).start();
    }

    private static EmbeddedPostgres.Builder onFolder(Path folder) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on"); // as an operator's is
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    public void stop() throws IOException {
        server.close();
    }

    public void start() throws IOException {
        server = onFolder(folder).setPort(server.getPort()).start();
    }

    /** With SIGKILL, in the middle of whatever it does. Its children notice and leave. */
    void kill() throws IOException {
        List<ProcessHandle> all = processes();
        all.getFirst().destroyForcibly();
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        server.close();
    }

    /**
     * Connections stay open, and nothing is answered. The postmaster stops first: a process that it started meanwhile would
     * go on.
     */
    void freeze() throws Exception {
        signal("-STOP", processes().subList(0, 1));
        signal("-STOP", processes());
    }

    void thaw() throws Exception {
        signal("-CONT", processes());
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("kill", name), processes.stream().map(process -> String.valueOf(process.pid())))
                .toList();
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new AssertionError(command);
        }
    }

    /** The postmaster first. */
    private List<ProcessHandle> processes() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

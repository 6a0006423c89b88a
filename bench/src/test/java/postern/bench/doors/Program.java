package postern.bench.doors;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that serves at a port of this machine until it is closed, and writes to a log. */
final class Program implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** A JVM that makes a cache of what it has learnt takes its time. */
    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);

    private final Path log;
    private final Process process;

    private Program(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /** @param log where what it says goes, behind what is there */
    static Program start(Path log, List<String> command) throws IOException {
        return new Program(
                log,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /** Returns once somebody can connect there; throws, with the end of its log, when nobody ever will. */
    Program awaitPort(int port) throws IOException {
        long began = System.nanoTime();
        while (!isOpen(port)) {
            if (!process.isAlive() || System.nanoTime() - began > START_LIMIT.toNanos()) {
                close();
                throw new IOException(log + ": did not come up. The end of it:\n" + endOfLog());
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        return this;
    }

    private static boolean isOpen(int port) {
        try (Socket client = new Socket()) {
            client.connect(Ports.here(port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    long pid() {
        return process.pid();
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** In good order if it can. */
    @Override
    public void close() {
        List<ProcessHandle> all = tree().handles().toList();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}

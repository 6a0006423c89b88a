package postern.app.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo as {@code ./postern demo} starts it: from the packaged jar, in a process of its own. */
final class DemoProcess implements AutoCloseable {

    private static final Path PACKAGED = Path.of("target/postern").toAbsolutePath();
    private static final Duration UP = Duration.ofSeconds(15);

    private final Process process;
    private final Path output;

    private DemoProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Returns at once; it may still be on its way up, or down. */
    static DemoProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                PACKAGED.resolve("postern.jar") + ":" + PACKAGED.resolve("lib-demo") + "/*",
                "postern.app.demo.Demo"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "demo", ".out");
        return new DemoProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(output.toFile()))
                        .start(),
                output);
    }

    DemoProcess awaitUp() {
        await().atMost(UP).until(() -> output().contains("Stop it with Ctrl-C.") || !process.isAlive());
        return this;
    }

    int awaitExit() throws InterruptedException {
        process.waitFor(UP.toSeconds(), TimeUnit.SECONDS);
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** The commands on the screen that begin so, as they stand. */
    List<String> commands(String start) throws IOException {
        return output().lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .toList();
    }

    /** The first group of the pattern, from the screen. */
    String shown(String pattern) throws IOException {
        Matcher shown = Pattern.compile(pattern).matcher(output());
        if (!shown.find()) {
            throw new AssertionError(pattern + " is not on the screen:\n" + output());
        }
        return shown.group(1);
    }

    /** As Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        try {
            await("the demo stops when it is asked to").atMost(UP).until(() -> !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
    }
}

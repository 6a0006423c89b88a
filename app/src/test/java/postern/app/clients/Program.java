package postern.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Somebody else's program, run to its end: what it came to, and all that it said. */
record Program(int exitCode, String output) {

    /** A client that waits for longer hangs, as far as its owner is concerned. */
    private static final int PATIENCE_SECONDS = 30;

    /** In a home of its own, so that nothing of whoever runs the tests is read or written. */
    static Program run(Path home, String... command) throws Exception {
        return reading("", home, command);
    }

    /** The same, with something to read. */
    static Program reading(String input, Path home, String... command) throws Exception {
        Path said = Files.createTempFile(home, "said", "");
        Path read = Files.writeString(Files.createTempFile(home, "read", ""), input);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectInput(read.toFile())
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "LC_ALL", "C.UTF-8",
                        "TERM", "xterm"));
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(command[0] + " hangs, after it said: " + Files.readString(said, UTF_8));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Program(process.exitValue(), new String(Files.readAllBytes(said), UTF_8));
    }

    /** What a client reads its settings from; some refuse a file that others may read. */
    static Path write(Path home, String name, String text) throws Exception {
        Path file = home.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }
}

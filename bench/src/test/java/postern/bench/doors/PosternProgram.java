package postern.bench.doors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Postern as it is packaged, started as {@code ./postern run} starts it. */
final class PosternProgram {

    private static final String PACKAGED = "POSTERN_PACKAGED";

    private PosternProgram() {}

    /** @param file in {@code resources/doors} */
    static Door start(House house, String file, List<String> options) throws IOException {
        int port = Ports.free();
        Path config = house.write(file, port);
        List<String> command = new ArrayList<>(List.of(
                House.java(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar().toString(), "run", "--config", config.toString()));
        Program program = Program.start(house.folder().resolve("postern.log"), command);
        return new Door("Postern", port, program.awaitPort(port));
    }

    private static Path jar() throws IOException {
        return Optional.ofNullable(System.getenv(PACKAGED))
                .map(folder -> Path.of(folder, "postern.jar"))
                .orElseThrow(() -> new IOException(PACKAGED + " is not set (expected: by ./postern bench)"));
    }
}

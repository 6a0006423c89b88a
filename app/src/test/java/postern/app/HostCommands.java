package postern.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** An operator at the host's command line, beside the data in this folder. */
final class HostCommands {

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private final Path config;

    HostCommands(Path folder) throws Exception {
        this.config = folder.resolve("postern.conf");
        if (!Files.exists(config)) {
            Files.writeString(config, "data-directory = \"" + folder + "\"");
        }
    }

    /** What stands before {@code --config}, and what comes after it. */
    int execute(String command, String... more) {
        said.getBuffer().setLength(0);
        complained.getBuffer().setLength(0);
        String[] all = Stream.of(
                        Stream.of(command.split(" ")), Stream.of("--config", config.toString()), Arrays.stream(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
        return Main.commandLine(new Main())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(complained, true))
                .execute(all);
    }

    String said() {
        return said.toString();
    }

    String complained() {
        return complained.toString();
    }
}

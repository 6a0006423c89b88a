package postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import postern.credentials.LoginName;

/** An operator at the host's command line, beside the data in this folder. */
public final class HostCommands {

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private final Path config;

    public HostCommands(Path folder) throws Exception {
        this.config = folder.resolve("postern.conf");
        if (!Files.exists(config)) {
            Files.writeString(config, "data-directory = \"" + folder + "\"");
        }
    }

    /** What stands before {@code --config}, and what comes after it. */
    public int execute(String command, String... more) {
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

    /** What somebody's consent came to, for the upstream "mail". */
    void giveRefreshToken(LoginName owner, String token) throws IOException {
        Path file = Files.writeString(config.resolveSibling("refresh-token"), token + "\n");
        assertThat(execute(
                        "grant put",
                        "--user",
                        owner.value(),
                        "--upstream",
                        "mail",
                        "--refresh-token",
                        "--from",
                        file.toString()))
                .as(complained())
                .isZero();
        Files.delete(file);
    }

    public String said() {
        return said.toString();
    }

    String complained() {
        return complained.toString();
    }
}

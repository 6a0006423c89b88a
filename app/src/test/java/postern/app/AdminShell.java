package postern.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Somebody who administers a server from the command line, over its API. */
final class AdminShell {

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private final List<String> always;

    private AdminShell(List<String> always) {
        this.always = always;
    }

    static AdminShell of(WholeServer server, Path folder, String token) throws Exception {
        Path file = Files.writeString(folder.resolve("admin-token"), token + "\n");
        return at("https://localhost:" + server.postern().adminPort(), file, server.caFile());
    }

    static AdminShell at(String url, Path tokenFile, Path caFile) {
        return new AdminShell(
                List.of("--url", url, "--token-file", tokenFile.toString(), "--ca-file", caFile.toString()));
    }

    int run(String command, String... more) {
        said.getBuffer().setLength(0);
        complained.getBuffer().setLength(0);
        return Main.commandLine(new Main())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(complained, true))
                .execute(Stream.of(
                                Stream.of("admin"), Stream.of(command.split(" ", -1)), Stream.of(more), always.stream())
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    String said() {
        return said.toString();
    }

    String complained() {
        return complained.toString();
    }
}

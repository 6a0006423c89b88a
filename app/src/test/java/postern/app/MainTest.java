package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void everyMistakeInTheFileIsToldWithItsLine() throws Exception {
        Path file = config("""
                listeners.imap.port = 99999
                store { sqlite-fil = x.db }
                answers.step = 1h
                """);

        assertThat(execute("run", "--config", file.toString())).isEqualTo(2);
        assertThat(complained.toString().lines())
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).contains("postern.conf: 1: listeners.imap.port: 99999"),
                        second -> assertThat(second)
                                .contains("postern.conf: 2: store.sqlite-fil: unknown", "sqlite-file"),
                        third -> assertThat(third).contains("postern.conf: 3: answers.step: "));
    }

    @Test
    void theScriptStartsAndNamesEveryCommandThatThereIs() throws Exception {
        String script = Files.readString(Path.of("..", "postern"));
        String started = script.lines()
                .filter(line -> line.contains("start -jar") && line.contains(")"))
                .findFirst()
                .orElseThrow();

        for (String command : new CommandLine(new Main()).getSubcommands().keySet()) {
            assertThat(started.split("[ |)]+", -1)).contains(command);
            assertThat(script).containsPattern("(?m)^  " + command + " +\\S");
        }
    }

    @Test
    void aConfigurationIsCheckedWithoutStartingAnything() throws Exception {
        Path file = config("data-directory = \"" + folder.resolve("data") + "\"");

        assertThat(execute("check-config", "--config", file.toString())).isZero();
        assertThat(said.toString().lines())
                .containsExactly(
                        file + ": no mistakes",
                        "but on this machine, tls: " + folder
                                + "/data/tls/fullchain.pem: cannot be read (expected: a file that this account may read)");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void theReferenceIsPrintedAsItIsRead() {
        assertThat(execute("print-reference")).isZero();
        assertThat(said.toString()).contains("data-directory = ", "listener-defaults {");
    }

    @Test
    void aDataDirectoryThatCannotBeMadeIsToldInOneSentence() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        Path config = config("data-directory = \"" + file.resolve("data") + "\"");

        assertThat(execute("run", "--config", config.toString())).isEqualTo(1);
        assertThat(complained.toString().lines()).singleElement().asString().startsWith("data-directory: " + file);
    }

    /** H-08 */
    @Test
    void aLostKeyIsToldAndNeverReplaced() throws Exception {
        Path config = config("data-directory = \"" + folder + "\"\nadmin.enabled = false\nmanagement.port = 0\n"
                + "listeners { imap.enabled = false, imaps.enabled = false }");
        try (WholeServer before = WholeServer.start(folder, "")) {
            before.issue(ADA);
        }
        Path key = folder.resolve("keys/pepper.key");
        Files.delete(key);

        assertThat(execute("run", "--config", config.toString())).isEqualTo(1);
        assertThat(complained.toString().lines())
                .singleElement()
                .asString()
                .startsWith(key + ": is not there, and the store is used with key ");
        assertThat(key).doesNotExist();
    }

    @Test
    void aBackupIsMadeBesideARunningServerOnceAndSaysWhatIsNotInIt() throws Exception {
        Path config = config("data-directory = \"" + folder + "\"");
        Path copy = folder.resolve("copy.db");
        try (WholeServer server = WholeServer.start(folder, "")) {
            server.issue(ADA);

            assertThat(execute("backup", "--config", config.toString(), copy.toString()))
                    .isZero();
            assertThat(said.toString()).contains("The keys are not in it");
            assertThat(execute("backup", "--config", config.toString(), copy.toString()))
                    .isEqualTo(1);
            assertThat(complained.toString().lines())
                    .containsExactly(copy + ": is there already (expected: a new file)");
        }
        Files.move(copy, folder.resolve("postern.db"), StandardCopyOption.REPLACE_EXISTING);
        try (WholeServer restored = WholeServer.start(folder, "")) {
            assertThat(restored.postern().store().of(ADA)).hasSize(1);
        }
    }

    @Test
    void aStoreThatIsNoFileIsNotBackedUpByUs() throws Exception {
        for (String store : new String[] {"engine = postgresql", "sqlite-file = \":memory:\""}) {
            complained.getBuffer().setLength(0);
            Path config = config("store { " + store + " }");

            assertThat(execute("backup", "--config", config.toString(), "copy.db"))
                    .isEqualTo(1);
            assertThat(complained.toString())
                    .startsWith("store: not in an SQLite file")
                    .contains("pg_dump");
        }
    }

    /** As a second node would have, that made its own. */
    @Test
    void anotherKeyThanTheStoresIsToldAtStart() throws Exception {
        Path config = config("data-directory = \"" + folder + "\"\nadmin.enabled = false\nmanagement.port = 0\n"
                + "listeners { imap.enabled = false, imaps.enabled = false }");
        WholeServer.start(folder, "").close();
        config("data-directory = \"" + folder + "\"\nadmin.enabled = false\nmanagement.port = 0\n"
                + "listeners { imap.enabled = false, imaps.enabled = false }");
        Path key = folder.resolve("keys/lookup.key");
        Files.writeString(key, "ab".repeat(32));

        assertThat(execute("run", "--config", config.toString())).isEqualTo(1);
        assertThat(complained.toString().lines()).singleElement().asString().startsWith(key + ": lacks key ");
    }

    @Test
    void anUnknownCommandIsAMistakeOfTheOperators() {
        assertThat(execute("rum")).isEqualTo(2);
    }

    private int execute(String... arguments) {
        return line().execute(arguments);
    }

    private CommandLine line() {
        return Main.commandLine(new Main())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(complained, true));
    }

    private Path config(String text) throws Exception {
        return Files.writeString(folder.resolve("postern.conf"), text);
    }
}

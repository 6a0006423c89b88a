package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.credentials.issue.Issue.Made;
import postern.credentials.store.SamplePostgres;

class ExplainCommandTest {

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void saysWhatALoginWouldMeetBesideARunningServerAndAfterIt() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "")) {
            assertExplained(server.issue(ADA));
        }
        assertThat(explain("ada@example.org", "imap", "127.0.0.1")).isZero();
        try (WholeServer again = WholeServer.start(folder, "")) {
            assertExplained(again.issue(ADA));
        }
    }

    @Test
    void doesSoOnPostgresqlToo() throws Exception {
        try (WholeServer server = WholeServer.start(folder, """
                store { engine = postgresql, postgresql { url = "%s", user = postgres, connections = 4 } }
                """.formatted(SamplePostgres.url()))) {
            assertExplained(server.issue(ADA));
        }
    }

    private void assertExplained(Made made) {
        assertThat(explain("ada@example.org", "imap", "127.0.0.1")).isZero();
        assertThat(said.toString())
                .contains("account               ada@example.org\n")
                .contains(
                        "App password " + made.appPassword().id() + ", Test\n  login                 would be let in\n")
                .doesNotContain(made.secret());
        assertThat(complained.toString()).isEmpty();
    }

    @Test
    void makesNoStore() throws Exception {
        Files.writeString(folder.resolve("postern.conf"), "data-directory = \"" + folder.resolve("data") + "\"");

        assertThat(explain("ada@example.org", "imap", "127.0.0.1")).isEqualTo(1);

        assertThat(complained.toString().lines())
                .containsExactly("store: " + folder
                        + "/data/postern.db: is not there (expected: the store of a server that has run)");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void makesNoTablesInADatabaseThatHasNone() throws Exception {
        String url = SamplePostgres.url();
        Files.writeString(folder.resolve("postern.conf"), """
                store { engine = postgresql, postgresql { url = "%s", user = postgres } }
                """.formatted(url));

        assertThat(explain("ada@example.org", "imap", "127.0.0.1")).isEqualTo(1);
        assertThat(explain("ada@example.org", "imap", "127.0.0.1")).isEqualTo(1);

        String complaint = "store: " + url + ": no store of this version (expected: one that a server of this version"
                + " has opened)";
        assertThat(complained.toString().lines()).containsExactly(complaint, complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "ada@, imap, 127.0.0.1, login name: ",
        "ada, nntp, 127.0.0.1, protocol: nntp",
        "ada, imap, localhost, address: localhost"
    })
    void aMistakeIsTheAskers(String user, String protocol, String address, String complaint) throws Exception {
        Files.writeString(folder.resolve("postern.conf"), "");

        assertThat(explain(user, protocol, address)).isEqualTo(2);
        assertThat(complained.toString()).startsWith(complaint);
    }

    private int explain(String... question) {
        String[] arguments = {
            "explain", "--config", folder.resolve("postern.conf").toString(), question[0], question[1], question[2]
        };
        return Main.commandLine(new Main())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(complained, true))
                .execute(arguments);
    }
}

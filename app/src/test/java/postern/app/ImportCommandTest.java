package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.Account.Holder.Device;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditKind;

/** T-11, I-02, I-03: from another system's table to a login. */
class ImportCommandTest {

    /** The hashes: doveadm pw -s SSHA256 -p 'Sommar 2026!', and a scheme that nobody takes. */
    private static final String FILE = """
            id,name,mailbox,password,imap_access,smtp_access,active
            17,Old phone,ada@example.org,{SSHA256}QNs0qj2YYOhXPY9YCfEvSpWgxGGs4juTvFjMuUKGpDJuofU4,1,1,1
            18,Tablet,bob@example.org,{SSHA256}ahB3z2JxAjs2FQgf+R3vWS03zXskiNuynWepBfUz1nVRlh8h,1,0,0
            19,Toaster,ada@example.org,{PLAIN}hunter2,1,1,1
            """;

    private final Path folder;
    private final Path file;
    private final HostCommands host;

    ImportCommandTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.file = Files.writeString(folder.resolve("mailcow.csv"), FILE);
        WholeServer.start(folder, "").close();
        this.host = new HostCommands(folder);
    }

    @Test
    void aDryRunTellsWhatWouldComeOfItAndTakesNothing() {
        assertThat(read("--dry-run")).isEqualTo(1);
        assertThat(host.said())
                .contains("rows 3, mapped 2, refused 1")
                .contains("line 4: hash: ")
                .contains("added: 1")
                .contains("no such account: 1")
                .doesNotContain("hunter2");
        assertThat(read("--dry-run")).isEqualTo(1);
        assertThat(host.said()).contains("added: 1");
    }

    @Test
    void whatIsTakenOpensWhatItOpenedThereAndTwiceIsOnce() throws Exception {
        assertThat(read("--create-accounts")).isEqualTo(1);
        assertThat(host.said()).contains("added: 2");
        assertThat(read("--create-accounts")).isEqualTo(1);
        assertThat(host.said()).contains("there already: 2");
        assertThat(StoredTrail.of(folder, AuditKind.IMPORT_DONE))
                .extracting(AuditEntry::facts)
                .satisfiesExactly(
                        first -> assertThat(first).containsEntry("added", "2").containsEntry("refused", "1"),
                        second -> assertThat(second).containsEntry("there_already", "2"));
        host.execute("person export", "--user", ADA.value());
        assertThat(host.said()).contains("app_password.created").doesNotContain("SSHA256");

        try (WholeServer server = WholeServer.start(folder, "")) {
            assertThat(login(server, "ada@example.org", "Sommar 2026!")).contains("NO [CONTACTADMIN]");
            assertThat(login(server, "ada@example.org", "sommar 2026!")).contains("NO [AUTHENTICATIONFAILED]");
            assertThat(login(server, "bob@example.org", "Winter 2027"))
                    .as("switched off there, suspended here")
                    .contains("NO [AUTHENTICATIONFAILED]");
        }
    }

    /** I-03, P-07 */
    @Test
    void aDeviceGetsNoneThatOpensFromAnywhere() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "")) {
            server.postern().accounts().revise(ADA, one -> one.withHolder(new Device("Facility management")), ROOT);
        }

        assertThat(read("--create-accounts")).isEqualTo(1);
        assertThat(host.said()).contains("device from anywhere: 1").contains("added: 1");

        Files.writeString(file, """
                {"external_id":"crm-17","login_name":"ada@example.org","hash":"{SSHA256}QNs0qj2YYOhXPY9YCfEvSpWgxGGs4juTvFjMuUKGpDJuofU4","networks":["192.0.2.0/24"]}
                """);
        assertThat(host.execute("import", "--format", "generic", file.toString()))
                .isZero();
    }

    /** I-04 */
    @Test
    void whatNobodyHasUsedYetIsWrittenForAnotherSystem() throws Exception {
        read("--create-accounts");
        Path out = folder.resolve("out.jsonl");

        assertThat(host.execute("export", out.toString())).isZero();
        assertThat(Files.readAllLines(out))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"external_id\":\"mailcow:17\"", "{SSHA256}QNs0", "\"protocols\":[\"imap\",\"smtp\"]");
        assertThat(Files.getPosixFilePermissions(out)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(host.execute("export", out.toString()))
                .as("nothing is overwritten")
                .isEqualTo(1);

        assertThat(StoredTrail.of(folder, AuditKind.EXPORT_DONE))
                .singleElement()
                .satisfies(told -> assertThat(told.facts()).containsEntry("app_passwords", "2"));
        assertThat(host.execute("import", "--format", "generic", out.toString()))
                .isZero();
        assertThat(host.said()).contains("there already: 2");
    }

    private int read(String option) {
        return host.execute("import", "--format", "mailcow-csv", option, file.toString());
    }

    private static String login(WholeServer server, String name, String secret) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN " + name + " \"" + secret + "\"");
        }
    }
}

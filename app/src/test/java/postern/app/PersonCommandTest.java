package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** §5.10: what is kept of one person, and that it be gone. */
class PersonCommandTest {

    private final Path folder;
    private final HostCommands host;
    private final String secret;

    PersonCommandTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            this.secret = server.issue(ADA).secret();
            client.say("LOGIN ada@example.org " + secret);
        }
        this.host = new HostCommands(folder);
    }

    @Test
    void allThatIsKeptIsPrintedAndNothingThatHelpsToGuess() {
        assertThat(host.execute("person export", "--user", "Ada@example.org")).isZero();

        assertThat(host.said().lines())
                .anyMatch(line -> line.startsWith("{\"kind\":\"account\",\"login_name\":\"ada@example.org\""))
                .anyMatch(line -> line.startsWith("{\"kind\":\"app_password\"")
                        && line.contains("\"last_used_by\":\"imap\",\"last_used_from\":\"127.0.0.1\""))
                .anyMatch(line -> line.startsWith("{\"kind\":\"familiar_source\",\"network\":\"127.0.0.1/32\""))
                .anyMatch(line -> line.contains("login.success"))
                .last()
                .asString()
                .contains("export.done");
        assertThat(host.said()).doesNotContain(secret, "argon2", "hash", "tag");
    }

    /** §5.10: what others have said of them, too, and what is only remembered. */
    @Test
    void whatAdministratorsAndTheLockoutSayOfThemIsPrintedToo() throws Exception {
        host.execute("person add-alias", "--user", ADA.value(), "a.lovelace@example.org");
        host.execute("policy set", "--for", ADA.value(), "no-new");
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("postern.db"));
                Statement statement = sql.createStatement()) {
            statement.execute(
                    "UPDATE app_passwords SET messages_per_day = 5, senders = 'ada@example.org', pin = 'observe'");
            statement.execute("UPDATE accounts SET role = 'SUPPORT'");
            statement.execute("INSERT INTO sent SELECT id, "
                    + LocalDate.now(ZoneOffset.UTC).toEpochDay() + ", 3, 4 FROM app_passwords");
            statement.execute("INSERT INTO holds VALUES ('name', 'a.lovelace@example.org', 2, 4102444800000)");
            statement.execute(
                    "INSERT INTO grants (owner, upstream, id, kind, state, version, created_at)"
                            + " VALUES ('ada@example.org', 'contoso', 'grt_adaatcontoso0001', 'REFRESH_TOKEN', 'REVOKED', 1, 0)");
        }

        assertThat(host.execute("person export", "--user", ADA.value())).isZero();
        assertThat(host.said().lines())
                .anyMatch(line -> line.startsWith("{\"kind\":\"account\"") && line.contains("\"role\":\"support\""))
                .anyMatch(line -> line.contains("\"messages_per_day\":5")
                        && line.contains("\"senders\":[\"ada@example.org\"]")
                        && line.contains("\"device_pin\":\"observe\""))
                .anyMatch(line ->
                        line.startsWith("{\"kind\":\"sent\"") && line.contains("\"messages\":3,\"recipients\":4"))
                .contains("{\"kind\":\"policy\",\"rules\":\"app_passwords no-new\"}")
                .anyMatch(line -> line.startsWith("{\"kind\":\"hold\",\"of\":\"name\",\"login_name\":\"a.lovelace@"))
                .anyMatch(line -> line.startsWith("{\"kind\":\"grant\"") && line.contains("\"state\":\"revoked\""));

        host.execute("person revoke-all", "--user", ADA.value());
        host.execute("person export", "--user", ADA.value());
        assertThat(host.said().lines())
                .anyMatch(line ->
                        line.startsWith("{\"kind\":\"revoked_app_password\"") && line.contains("\"name\":\"Test\""));
    }

    @Test
    void whoIsErasedIsGoneAndTheTrailIsWhole() throws Exception {
        assertThat(host.execute("person erase", "--user", "ada@example.org"))
                .as("without --yes")
                .isEqualTo(2);
        assertThat(host.execute("person erase", "--user", "ada@example.org", "--yes"))
                .isZero();

        assertThat(host.execute("person export", "--user", "ada@example.org")).isZero();
        assertThat(host.said()).isEmpty();
        assertThat(host.execute("audit verify")).isZero();
        assertThat(host.execute("person erase", "--user", "ada@example.org", "--yes"))
                .isEqualTo(1);
        assertThat(host.complained()).startsWith("ada@example.org: there is no such account");
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN ada@example.org " + secret)).contains("NO [AUTHENTICATIONFAILED]");
        }
    }

    /** P-08, R-02: what the help desk does is felt by the server that runs. */
    @Test
    void whoIsDisabledIsRefusedAndWhoseAppPasswordsAreRevokedToo() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "")) {
            assertThat(host.execute("person add-alias", "--user", "ada@example.org", "a.lovelace@example.org"))
                    .isZero();
            assertThat(host.execute("person disable", "--user", "a.lovelace@example.org"))
                    .isZero();
            assertThat(host.said()).isEqualTo("ada@example.org: disabled\n");
            await().until(() -> login(server).contains("NO [AUTHORIZATIONFAILED]") || isDenied(server));

            assertThat(host.execute("person enable", "--user", "ada@example.org"))
                    .isZero();
            await().until(() -> login(server).contains("NO [CONTACTADMIN]")); // in, and no mailbox is routed here

            assertThat(host.execute("policy set", "--for", "@example.org", "suspended"))
                    .isZero();
            assertThat(host.execute("policy show")).isZero();
            assertThat(host.said()).startsWith("@example.org: ").contains("suspended");
            await().until(() -> !login(server).contains("NO [CONTACTADMIN]"));
            assertThat(host.execute("policy set", "--for", "@example.org", "allowed"))
                    .isZero();
            await().until(() -> login(server).contains("NO [CONTACTADMIN]"));

            assertThat(host.execute("person revoke-all", "--user", "ada@example.org"))
                    .isZero();
            assertThat(host.said()).isEqualTo("ada@example.org: 1 revoked\n");
            await().until(() -> isDenied(server));
        }
        assertThat(host.execute("person remove-alias", "--user", "ada@example.org", "a.lovelace@example.org"))
                .isZero();
        assertThat(host.execute("person disable", "--user", "a.lovelace@example.org"))
                .isEqualTo(1);
        assertThat(host.execute("policy set", "--for", "everyone", "sometimes")).isEqualTo(1);
        assertThat(host.complained()).isEqualTo("sometimes: unknown (expected: allowed, no-new, suspended)\n");
    }

    private boolean isDenied(WholeServer server) throws Exception {
        return login(server).contains("NO [AUTHENTICATIONFAILED]");
    }

    private String login(WholeServer server) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN ada@example.org " + secret);
        }
    }

    @Test
    void aNameThatIsNoneIsToldInOneSentence() {
        assertThat(host.execute("person export", "--user", "a b")).isEqualTo(1);
        assertThat(host.complained().lines()).singleElement().asString().startsWith("--user: login name: ");
    }
}

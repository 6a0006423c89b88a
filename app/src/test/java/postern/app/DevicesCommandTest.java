package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.LoginName;
import postern.credentials.issue.Issue.Made;

/** The devices of a running server, as its operator lists them. */
class DevicesCommandTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final String WHEN = "  first \\S+Z  last \\S+Z";

    private final WholeServer server;
    private final HostCommands host;
    private final Made adas;
    private final Made bobs;

    DevicesCommandTest(@TempDir Path folder) throws Exception {
        server = WholeServer.start(folder, "");
        host = new HostCommands(folder);
        adas = server.issue(ADA);
        bobs = server.newcomer(BOB);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void areListedOfEverybodyOfAPersonAndOfAnAppPassword() throws Exception {
        login("ID (\"name\" \"Outlook\" \"version\" \"14.0\")", ADA, adas);
        login("ID (\"name\" \"mutt\")", ADA, adas);
        login("ID (\"name\" \"mutt\")", BOB, bobs);
        login("NOOP", BOB, bobs);

        await().untilAsserted(() -> {
            assertThat(host.execute("devices")).isZero();
            assertThat(host.said().lines()).last().isEqualTo("devices: 3");
        });
        String ada = "ada@example.org  " + adas.appPassword().id() + " \"Test\"  ";
        String bob = "bob@example.org  " + bobs.appPassword().id() + " \"Test\"  ";
        assertThat(host.said().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches(ada + "Outlook/14\\.0  imap" + WHEN))
                .anyMatch(line -> line.matches(ada + "mutt  imap" + WHEN))
                .anyMatch(line -> line.matches(bob + "mutt  imap" + WHEN));

        assertThat(host.execute("devices", "--user", "Bob@example.org")).isZero();
        assertThat(host.said().lines()).hasSize(2).first().asString().startsWith(bob);

        assertThat(host.execute(
                        "devices", "--app-password", adas.appPassword().id().value()))
                .isZero();
        assertThat(host.said().lines()).hasSize(3).last().isEqualTo("devices: 2");

        assertThat(host.execute("person export", "--user", BOB.value())).isZero();
        assertThat(host.said())
                .contains("{\"kind\":\"device_use\",\"app_password\":\""
                        + bobs.appPassword().id() + "\",\"protocol\":\"imap\",\"device\":\"mutt\",\"speaks\":null,");
    }

    @Test
    void whatIsAskedForIsOneOfThemAndThere() {
        assertThat(host.execute("devices", "--user", "nobody@example.org")).isEqualTo(1);
        assertThat(host.complained()).startsWith("nobody@example.org: there is no such account");
        assertThat(host.execute("devices", "--app-password", "mine")).isEqualTo(1);
        assertThat(host.complained()).startsWith("--app-password: app password id: not one");
        assertThat(host.execute("devices", "--user", "a@example.org", "--app-password", "mine"))
                .isEqualTo(2);
    }

    private void login(String first, LoginName name, Made made) throws Exception {
        try (ImapClient client = server.overTls()) {
            client.say(first);
            client.say("LOGIN " + name.value() + " " + made.secret());
        }
    }
}

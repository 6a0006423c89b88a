package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.Issue.Made;

/** Beside a running server, which hears of it from the store. */
class SessionsCommandTest {

    private final MailServerThatListens mail;
    private final WholeServer server;
    private final HostCommands host;
    private final Made made;

    SessionsCommandTest(@TempDir Path folder) throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        this.mail = new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] In.");
        this.server = WholeServer.start(folder, """
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }, login { user = m, password = { file = master } }
                }
                routes.default = mail
                store.poll-interval = 200ms
                """.formatted(mail.port()));
        this.host = new HostCommands(folder);
        this.made = server.issue(ADA);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        mail.close();
    }

    @ParameterizedTest
    @MethodSource("whose")
    void whoIsMeantHearsAGoodbyeAndMayComeBack(String option, String value) throws Exception {
        try (ImapClient client = server.overTls();
                ImapClient next = server.overTls()) {
            assertThat(login(client)).contains("OK [CAPABILITY ");
            String id = value.equals("ID") ? made.appPassword().id().value() : value;

            assertThat(host.execute("sessions end", id.isEmpty() ? new String[] {option} : new String[] {option, id}))
                    .as(host.complained())
                    .isZero();

            assertThat(client.line()).isEqualTo("* BYE An administrator ended this session.");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(login(next)).contains("OK [CAPABILITY ");
        }
        assertThat(host.execute("audit verify")).isZero();
    }

    static Stream<String[]> whose() {
        return Stream.of(new String[] {"--all", ""}, new String[] {"--user", "Ada@example.org"}, new String[] {
            "--app-password", "ID"
        });
    }

    @Test
    void whoIsNotMeantStays() throws Exception {
        try (ImapClient client = server.overTls()) {
            assertThat(login(client)).contains("OK [CAPABILITY ");

            assertThat(host.execute("sessions end", "--session", "ses_0000000000000000"))
                    .isZero();
            assertThat(host.execute("sessions end", "--app-password", "apw_0000000000000000"))
                    .isZero();
            assertThat(host.execute("sessions end", "--user", "ada@example.org"))
                    .isZero();

            assertThat(client.line()).as("the first that it hears").startsWith("* BYE An administrator");
        }
    }

    @Test
    void whoIsOnTheLineIsListedUntilTheyLeave() throws Exception {
        String id = made.appPassword().id().value();
        try (ImapClient client = server.overTls()) {
            client.say("ID (\"name\" \"mutt\")");
            assertThat(login(client)).contains("OK [CAPABILITY ");

            await().untilAsserted(() -> {
                assertThat(host.execute("sessions list")).isZero();
                assertThat(host.said().lines()).last().isEqualTo("sessions: 1");
            });
            assertThat(host.said().lines())
                    .first()
                    .asString()
                    .matches("ada@example\\.org {2}ses_[0-9a-z]{16} {2}" + id
                            + " {2}imap {2}127\\.0\\.0\\.1 {2}mutt {2}TLSv1\\.3 {2}since \\S+Z {2}at postern");
            assertThat(listed("--user", "Ada@example.org", "--app-password", id, "--protocol", "imap"))
                    .isEqualTo(1);
            assertThat(listed("--protocol", "pop3")).isZero();
            assertThat(listed("--app-password", "apw_0000000000000000")).isZero();
            assertThat(host.execute("person export", "--user", "ada@example.org"))
                    .isZero();
            assertThat(host.said()).contains("{\"kind\":\"session\",\"id\":\"ses_");
        }
        await().untilAsserted(() -> assertThat(listed()).isZero());
    }

    @Test
    void aServerThatStopsLeavesNobodyOnTheLine() throws Exception {
        try (ImapClient client = server.overTls()) {
            assertThat(login(client)).contains("OK [CAPABILITY ");
            await().untilAsserted(() -> assertThat(listed()).isEqualTo(1));

            server.close();
        }
        assertThat(listed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--user nobody@example.org", "--app-password x", "--protocol gopher"})
    void whatNobodyCanBeListedByIsToldInOneSentence(String which) {
        assertThat(host.execute("sessions list", which.split(" ", -1))).isEqualTo(1);
        assertThat(host.complained().lines()).singleElement().asString().contains("(expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--user nobody@example.org", "--user a\tb", "--app-password x", "--session ses_"})
    void whatIsNobodysIsToldInOneSentence(String whose) {
        assertThat(host.execute("sessions end", whose.split(" ", -1))).isEqualTo(1);
        assertThat(host.complained().lines()).singleElement().asString().contains("(expected: ");
    }

    @Test
    void itIsSaidWhoseSessionsAreMeant() {
        assertThat(host.execute("sessions end")).isEqualTo(2);
        assertThat(host.execute("sessions end", "--all", "--user", "ada@example.org"))
                .isEqualTo(2);
    }

    private long listed(String... which) {
        assertThat(host.execute("sessions list", which)).as(host.complained()).isZero();
        String last = host.said().lines().toList().getLast();
        return Long.parseLong(last.substring("sessions: ".length()));
    }

    private String login(ImapClient client) throws Exception {
        return client.say("LOGIN ada@example.org " + made.secret());
    }
}

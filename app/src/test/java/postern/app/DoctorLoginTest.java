package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.proxy.upstream.ScriptedUpstream.answering;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;
import postern.proxy.upstream.ScriptedUpstream;

/** Ada's login, tried at mail servers that will not have it. */
@Timeout(300)
class DoctorLoginTest {

    private static final String PASSWORD = "canary-master-password";

    private final Path folder;
    private final HostCommands host;
    private String patience = "30s";
    private final Map<String, String> answers = new HashMap<>(Map.of(
            "C1 CAP", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nC1 OK\r\n",
            "L1", "L1 OK [CAPABILITY IMAP4rev1] in\r\n",
            "D1", "* 1 EXISTS\r\nD1 OK\r\n",
            "D2", "D2 OK\r\n",
            "D3", "* BYE\r\nD3 OK\r\n"));

    DoctorLoginTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        Path file = Files.createFile(
                folder.resolve("master"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, PASSWORD);
        WholeServer.start(folder, "").close();
        this.host = new HostCommands(folder);
    }

    @Test
    void aLoginThatWorksIsTriedOnceAndLeavesTheMailboxAsItIs() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", answers))) {
            assertThat(examine(server, "")).as(host.said()).isZero();

            assertThat(host.said())
                    .startsWith("ada@example.org\n  route         ok       upstream mail, by routes.default\n")
                    .contains(
                            "upstream mail, imap, logging in as ada@example.org\n  login         ok       as ada@example.org in ")
                    .contains("  mailbox       ok       EXAMINE INBOX, NOOP, LOGOUT are answered\n");
            assertThat(server.heard())
                    .containsExactly(
                            "C1 CAPABILITY",
                            "D3 LOGOUT",
                            "L1 LOGIN \"ada@example.org*postern\" \"" + PASSWORD + "\"",
                            "D1 EXAMINE INBOX",
                            "D2 NOOP",
                            "D3 LOGOUT");
        }
    }

    @Test
    void aLoginThatIsRefused() throws Exception {
        answers.put("L1", "L1 NO [AUTHENTICATIONFAILED] " + PASSWORD + " is wrong\r\n");
        assertFails(
                "login         FAILED   it knows us and says no: L1 NO [AUTHENTICATIONFAILED] *** is wrong",
                "upstreams.mail.login: user, password, strategy; and whether that mailbox exists there");
        answers.put("L1", "L1 NO [LIMIT] Too many sessions\r\n");
        assertFails(
                "login         FAILED   it has no room for one more at the moment: L1 NO [LIMIT]",
                "how many sessions it allows for each mailbox and for this machine; upstreams.mail.limits");
        answers.put("L1", "L1 BAD User is authenticated but not connected.\r\n");
        assertFails(
                "login         FAILED   it took the login, and has no mailbox for it: L1 BAD",
                "a licence for the mailbox, and IMAP switched on for it");
        answers.put("L1", "* BYE go away\r\n");
        assertFails("login         FAILED   it sends us away: * BYE go away", "its log: whether it is going down");
        answers.remove("L1");
        patience = "4s";
        assertFails("login         FAILED   it fell silent: not done after 4 s", "its log and its load");
    }

    @Test
    void aMailboxThatIsNotThereBehindALogin() throws Exception {
        answers.put("D1", "D1 NO [SERVERBUG] no INBOX for " + PASSWORD + "\r\n");
        assertFails(
                "mailbox       FAILED   EXAMINE INBOX is answered D1 NO [SERVERBUG] no INBOX for ***",
                "the mailbox at the mail server: whether it is there, has a licence, and may be used by imap");
        answers.remove("D1");
        patience = "4s";
        assertFails("mailbox       FAILED   it hung up or fell silent at EXAMINE INBOX", "its log");
    }

    @Test
    void aConsentThatNobodyGaveAndOneThatIsLost() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", answers));
                FakeProvider provider = FakeProvider.saying(Reply.error("invalid_grant", "AADSTS700082: too old"))) {
            String oauth =
                    "login { strategy = oauth, oauth { token-endpoint = \"%s\", client-id = us, scopes = [ mail ] } }"
                            .formatted(provider.endpoint());

            assertThat(examine(server, oauth)).isOne();
            assertThat(host.said())
                    .contains("token         FAILED   there is no consent of ada@example.org\n")
                    .contains(
                            "cure:    the owner gives their consent: postern grant consent --user ada@example.org --upstream mail\n")
                    .contains("login         skipped  there is nothing to log in with\n");
            assertThat(provider.requests()).isEmpty();

            host.giveRefreshToken(ADA, "canary-refresh-token");
            assertThat(examine(server, oauth)).isOne();
            assertThat(host.said())
                    .contains("token         FAILED   invalid_grant AADSTS700082: ")
                    .contains("--user ada@example.org --upstream mail\n")
                    .doesNotContain("canary-refresh-token");
        }
    }

    @Test
    void aPersonWithoutARouteAndOneWhomNobodyKnows() throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", answers))) {
            examine(server, "");
            assertThat(host.execute("doctor", "stranger@example.org")).isZero();
            assertThat(host.said())
                    .contains("account       warning  nobody is called stranger@example.org here")
                    .contains("logging in as stranger@example.org");
        }
        String config = Files.readString(folder.resolve("postern.conf"));
        Files.writeString(folder.resolve("postern.conf"), config.replace("routes.default = mail", ""));
        assertThat(host.execute("doctor", ADA.value())).isOne();
        assertThat(host.said()).isEqualTo("""
                        ada@example.org
                          route         FAILED   none for the person, the group or the domain, and no default
                                        cure:    routes.default, or a rule in routes
                        """);
    }

    private void assertFails(String cause, String cure) throws Exception {
        try (ScriptedUpstream server = new ScriptedUpstream(answering("* OK ready\r\n", answers))) {
            assertThat(examine(server, "")).isOne();
            assertThat(host.said()).contains(cause).contains("cure:    " + cure).doesNotContain(PASSWORD);
        }
    }

    private int examine(ScriptedUpstream server, String more) throws Exception {
        Files.writeString(folder.resolve("postern.conf"), """
                data-directory = "%s"
                listeners { imap.port = 0, imaps.port = 0 }
                upstreams.mail {
                  host = "127.0.0.1"
                  imap { port = %d, tls = none }
                  login-timeout = %s
                  retries.tries = 1
                  login { user = postern, password = { file = master } }
                  %s
                }
                routes.default = mail
                """.formatted(folder, server.port(), patience, more));
        return host.execute("doctor", ADA.value());
    }
}

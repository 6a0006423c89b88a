package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.AppPassword;
import postern.credentials.LoginName;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject.Domain;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.Issue.Made;
import postern.credentials.store.SqliteDatabase;

/**
 * C-04, P-03, P-08: what is changed beside a running server, by another process on the same store, is held against
 * those who are on the line within five seconds, and taken back as easily.
 */
class StandingTest {

    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final String BYE = "* BYE This app password was revoked.";

    private final MailServerThatListens mail;
    private final WholeServer server;
    private final SampleStore beside;
    private final Made made;

    @SuppressWarnings("NullAway.Init")
    private ImapClient client;

    StandingTest(@TempDir Path folder) throws Exception {
        mail = new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] Come in.");
        SecretFile.create(folder.resolve("master"), "master-password");
        server = WholeServer.start(folder, """
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }
                  login { user = postern, password = { file = master } }
                }
                routes.default = mail
                """.formatted(mail.port()));
        beside = SampleStore.on(SqliteDatabase.open(folder.resolve("postern.db")));
        made = server.issue(ADA);
    }

    @BeforeEach
    void logIn() throws Exception {
        client = server.overTls();
        assertThat(login(client)).contains("OK [CAPABILITY ");
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        beside.close();
        server.close();
        mail.close();
    }

    @Test
    void aPolicyThatSuspendsEndsSessionsAndRefusesLoginsUntilItIsTakenBack() throws Exception {
        PolicyRules suspended = PolicyRules.SILENT.withAppPasswords(AppPasswords.SUSPENDED);

        assertEndsInTime(() -> beside.policies().put(new Domain("example.org"), suspended, ROOT));
        assertThat(loginAgain()).contains("NO [AUTHENTICATIONFAILED]");

        beside.policies().put(new Domain("example.org"), PolicyRules.SILENT, ROOT);
        assertLoginWorksSoon();
    }

    @Test
    void aSuspensionOfOneEndsItsSessionsAndIsResumed() throws Exception {
        assertEndsInTime(() -> revise(AppPassword::suspend));
        assertThat(loginAgain()).contains("NO [AUTHENTICATIONFAILED]");

        revise(one -> one.resume(ROOT.at()));
        assertLoginWorksSoon();
    }

    @Test
    void anotherScopeEndsWhatItDoesNotCover() throws Exception {
        assertEndsInTime(() -> revise(one -> one.withScope(scope -> scope.withProtocols(Set.of(Protocol.SMTP)))));
    }

    @Test
    void aDisabledAccountHasNoSessions() throws Exception {
        assertEndsInTime(() -> beside.accounts().revise(ADA, one -> one.withEnabled(false), ROOT));
    }

    @Test
    void whatIsRenamedGoesOn() throws Exception {
        revise(one -> one.withName("Copier"));
        beside.accounts().addAlias(ADA, new LoginName("a.lovelace@example.org"), ROOT);

        await().until(() -> {
            try (ImapClient other = server.overTls()) {
                return other.say("LOGIN a.lovelace@example.org " + made.secret())
                        .contains("OK [CAPABILITY ");
            }
        });
        client.send("a9 NOOP\r\n");
        assertThat(mail.heard()).isEqualTo("a9 NOOP");
    }

    private interface Change {
        void make() throws Exception;
    }

    private void assertEndsInTime(Change change) throws Exception {
        long began = System.nanoTime();
        change.make();

        assertThat(client.line()).isEqualTo(BYE);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
    }

    private void revise(UnaryOperator<AppPassword> change) throws Exception {
        beside.credentials().revise(ADA, made.appPassword().id(), change, ROOT);
    }

    private String loginAgain() throws Exception {
        try (ImapClient again = server.overTls()) {
            return login(again);
        }
    }

    private void assertLoginWorksSoon() {
        await().until(() -> loginAgain().contains("OK [CAPABILITY "));
    }

    private String login(ImapClient asking) throws Exception {
        return asking.say("LOGIN ada@example.org " + made.secret());
    }
}

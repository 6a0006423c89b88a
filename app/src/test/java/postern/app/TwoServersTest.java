package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.Issue.Made;
import postern.credentials.store.SamplePostgres;

/** Two whole servers with the same keys, on one PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoServersTest {

    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final String KEY = "0".repeat(64);

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private MailServerThatListens mail;

    @SuppressWarnings("NullAway.Init")
    private WholeServer one;

    @SuppressWarnings("NullAway.Init")
    private WholeServer other;

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path otherFolder) throws Exception {
        this.folder = folder;
        mail = new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] Come in.");
        String store = """
                store { engine = postgresql, postgresql { url = "%s", user = postgres, connections = 4 } }
                store.poll-interval = 30s
                """.formatted(SamplePostgres.url());
        one = start(folder, store);
        other = start(otherFolder, store);
    }

    private WholeServer start(Path folder, String store) throws Exception {
        SecretFile.create(folder.resolve("keys/lookup.key"), KEY);
        SecretFile.create(folder.resolve("keys/pepper.key"), KEY);
        SecretFile.create(folder.resolve("keys/vault.key"), KEY);
        SecretFile.create(folder.resolve("master"), "master-password");
        return WholeServer.start(folder, store + """
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }
                  login { user = postern, password = { file = master } }
                }
                routes.default = mail
                """.formatted(mail.port()));
    }

    @AfterAll
    void stop() throws Exception {
        one.close();
        other.close();
        mail.close();
    }

    @Test
    void aRevocationAtOneEndsTheIdleSessionAtTheOtherWithinASecond() throws Exception {
        try (ImapClient idle = other.overTls();
                ImapClient next = other.overTls()) {
            Made made = one.issue(ADA);
            awaitKnown(other, made.secret());
            assertThat(idle.say("LOGIN ada@example.org " + made.secret())).contains("OK [CAPABILITY ");
            one.admin("GET", "/v1/users/ada@example.org", ""); // what the first request costs is not what is measured

            long began = System.nanoTime();
            int status = one.admin(
                            "DELETE",
                            "/v1/users/ada@example.org/app-passwords/"
                                    + made.appPassword().id(),
                            "")
                    .statusCode();
            String goodbye = idle.line();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(status).isEqualTo(204);
            assertThat(goodbye).isEqualTo("* BYE This app password was revoked.");
            assertThat(idle.isAtEnd()).isTrue();
            assertThat(took).isLessThan(PROMISED);
            assertThat(next.say("LOGIN ada@example.org " + made.secret())).contains("NO [AUTHENTICATIONFAILED]");
        }
    }

    @Test
    void whoseSessionsAnAdministratorEndsHearItAtBoth() throws Exception {
        try (ImapClient here = one.overTls();
                ImapClient there = other.overTls()) {
            String secret = one.issue(ADA).secret();
            awaitKnown(other, secret);
            assertThat(here.say("LOGIN ada@example.org " + secret)).contains("OK [CAPABILITY ");
            assertThat(there.say("LOGIN ada@example.org " + secret)).contains("OK [CAPABILITY ");

            assertThat(new HostCommands(folder).execute("sessions end", "--user", "ada@example.org"))
                    .isZero();

            for (ImapClient client : List.of(here, there)) {
                assertThat(client.line()).isEqualTo("* BYE An administrator ended this session.");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    /** What one has issued, the other hears of a moment later. */
    private static void awaitKnown(WholeServer server, String secret) {
        await().untilAsserted(() -> {
            try (ImapClient client = server.overTls()) {
                assertThat(client.say("LOGIN ada@example.org " + secret)).contains("OK [CAPABILITY ");
            }
        });
    }

    @Test
    void theLagOfTheChangeFeedIsThereToBeWatched() throws Exception {
        assertThat(one.management("/metrics").body())
                .containsPattern("(?m)^postern_change_feed_lag_seconds [0-9.E-]+$");
        assertThat(one.management("/health/ready").body()).contains("\"store\":\"ok\"");
    }
}

package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.WRONG_SECRET;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.Account;
import postern.credentials.LoginName;
import postern.credentials.hash.SecretFile;
import postern.credentials.store.MortalPostgres;

/** The database server is restarted below a whole server that goes on. */
class StoreAwayTest {

    private static final Duration BACK = Duration.ofSeconds(20);
    private static final String KEY = "0".repeat(64);
    private static final double POLL_SECONDS = 0.5;
    private static final Pattern LAG = Pattern.compile("(?m)^postern_change_feed_lag_seconds ([0-9.E-]+)$");

    /** C-03 */
    @Test
    void nobodyIsToldAWrongPasswordAndNothingHasToBeRestarted(@TempDir Path folder, @TempDir Path database)
            throws Exception {
        try (MortalPostgres store = new MortalPostgres(database);
                WholeServer server = WholeServer.start(folder, """
                        store { engine = postgresql, postgresql { url = "%s", user = postgres } }
                        """.formatted(store.url()));
                ImapClient before = server.overTls();
                ImapClient meanwhile = server.overTls();
                ImapClient unknown = server.overTls();
                ImapClient afterwards = server.overTls()) {
            LoginName stranger = new LoginName("bob@example.org");
            server.postern().accounts().add(Account.person(stranger, MONDAY), ROOT);
            String login = "LOGIN ada@example.org " + server.issue(ADA).secret();
            String bobs = "LOGIN bob@example.org " + server.issue(stranger).secret();
            assertThat(before.say(login)).as("accepted, and no route").contains("NO [CONTACTADMIN]");

            store.stop();
            assertThat(meanwhile.say(login)).as("she is known").contains("NO [CONTACTADMIN]");
            assertThat(unknown.say(bobs)).as("he is not").contains("NO [UNAVAILABLE]");
            assertThat(server.management("/health/ready").statusCode()).isEqualTo(503);
            assertThat(server.management("/health/ready").body()).contains("\"store\":\"failing\"");
            assertThat(server.management("/health/live").statusCode()).isEqualTo(200);

            store.start();
            await().atMost(BACK).until(() -> server.management("/health/ready").statusCode() == 200);
            assertThat(afterwards.say(bobs)).contains("NO [CONTACTADMIN]");
        }
    }

    /** C-03, C-05: the store is there for the other node, and changed by it. */
    @Test
    void aNodeThatIsCutOffSaysOfNothingThatItIsWrong(
            @TempDir Path folder, @TempDir Path otherFolder, @TempDir Path database) throws Exception {
        try (MortalPostgres store = new MortalPostgres(database)) {
            tell(store, "CREATE ROLE cut LOGIN", "GRANT ALL ON SCHEMA public TO cut");
            try (WholeServer here = start(folder, store, "cut");
                    WholeServer there = start(otherFolder, store, "postgres")) {
                String known = here.issue(ADA).secret();
                assertThat(login(here, "ada", known)).contains("NO [CONTACTADMIN]");
                assertThat(login(here, "nobody", known)).contains("NO [AUTHENTICATIONFAILED]");

                tell(
                        store,
                        "ALTER ROLE cut NOLOGIN",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cut'");
                await().until(() -> lag(here) > 3 * POLL_SECONDS);
                String issuedThere = there.issue(ADA).secret();

                assertThat(login(here, "ada", known)).contains("NO [CONTACTADMIN]");
                assertThat(login(here, "ada", issuedThere)).contains("NO [UNAVAILABLE]");
                assertThat(login(here, "ada", WRONG_SECRET)).contains("NO [UNAVAILABLE]");
                assertThat(login(here, "nobody", known)).contains("NO [UNAVAILABLE]");

                tell(store, "ALTER ROLE cut LOGIN");
                await().atMost(BACK).until(() -> lag(here) < POLL_SECONDS);
                assertThat(login(here, "ada", issuedThere)).contains("NO [CONTACTADMIN]");
            }
        }
    }

    private static WholeServer start(Path folder, MortalPostgres store, String user) throws Exception {
        SecretFile.create(folder.resolve("keys/lookup.key"), KEY);
        SecretFile.create(folder.resolve("keys/pepper.key"), KEY);
        SecretFile.create(folder.resolve("keys/vault.key"), KEY);
        return WholeServer.start(folder, """
                store { engine = postgresql, postgresql { url = "%s", user = %s, connections = 4 } }
                store.poll-interval = %dms
                """.formatted(store.url(), user, Math.round(POLL_SECONDS * 1000)));
    }

    private static void tell(MortalPostgres store, String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection(store.url(), "postgres", "");
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    private static String login(WholeServer server, String name, String secret) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN " + name + "@example.org " + secret);
        }
    }

    private static double lag(WholeServer server) throws Exception {
        String metrics = server.management("/metrics").body();
        return LAG.matcher(metrics)
                .results()
                .mapToDouble(lag -> Double.parseDouble(lag.group(1)))
                .findFirst()
                .orElseThrow();
    }
}

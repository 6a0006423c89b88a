package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.Account;
import postern.credentials.LoginName;
import postern.credentials.store.MortalPostgres;

/** The database server is restarted below a whole server that goes on. */
class StoreAwayTest {

    private static final Duration BACK = Duration.ofSeconds(20);

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
}

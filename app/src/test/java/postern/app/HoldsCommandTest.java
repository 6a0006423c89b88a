package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.audit.AuditKind;
import postern.credentials.store.SqliteDatabase;

/** L-08: what an operator does about holds, beside a server that runs. */
class HoldsCommandTest {

    private static final String SOON = "lockout.names { wrong-secrets = 1, first-hold = 1h, longest-hold = 1h }\n";

    private final Path folder;

    HoldsCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aHoldThatBeganIsListedAndClearedOnTheRunningServerToo() throws Exception {
        try (WholeServer server = WholeServer.start(folder, SOON)) {
            HostCommands host = new HostCommands(folder);
            guess(server, "bcdfghjkmnpqrstvwxyz");
            guess(server, "zyxwvtsrqpnmkjhgfdcb");
            await().until(() -> listed(host).startsWith("name         nobody@example.org  until "));
            assertThat(held(server)).isEqualTo(1);

            assertThat(host.execute("holds clear", "--user", "Nobody@example.org"))
                    .isZero();
            assertThat(host.said()).isEqualTo("nobody@example.org: cleared\n");

            assertThat(listed(host)).isEmpty();
            await().untilAsserted(() -> assertThat(held(server)).isZero());
        }
        assertThat(StoredTrail.of(folder, AuditKind.LOCK_CLEARED))
                .singleElement()
                .satisfies(told -> assertThat(told.fields().get("actor_name")).endsWith(" on the host"));
    }

    @Test
    void whatIsNeitherANameNorANetworkIsToldInOneSentence() throws Exception {
        SqliteDatabase.open(folder.resolve("postern.db")).close();
        HostCommands host = new HostCommands(folder);

        assertThat(host.execute("holds clear", "--network", "here")).isEqualTo(1);
        assertThat(host.complained().lines()).singleElement().asString().startsWith("--network: ");
        assertThat(host.execute("holds clear")).as("of whom?").isEqualTo(2);
        assertThat(host.execute("holds clear", "--network", "192.0.2.0/24")).isZero();
        assertThat(host.said()).startsWith("192.0.2.0/24: no hold is known to all");
    }

    private static String listed(HostCommands host) {
        host.execute("holds list");
        return host.said();
    }

    private static void guess(WholeServer server, String secret) throws Exception {
        try (ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN nobody@example.org " + secret)).contains("NO [AUTHENTICATIONFAILED]");
        }
    }

    private static double held(WholeServer server) throws Exception {
        return server.management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("postern_holds{kind=\"name\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }
}

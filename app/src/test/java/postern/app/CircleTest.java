package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.app.demo.DemoCertificates;
import postern.app.dovecot.FreePorts;
import postern.credentials.issue.Issue.Made;

/** Two Posterns, each of which takes the other for the mail server, with app passwords of each other's in their vaults. */
@Timeout(300)
class CircleTest {

    private static final String HOST = "127.0.0.1";

    @Test
    void aSessionThatGoesRoundEndsAfterFourHops(@TempDir Path here, @TempDir Path there) throws Exception {
        List<Integer> ports = FreePorts.on(HOST, 2);
        Path ca = DemoCertificates.in(here.resolve("tls")).ca();
        Path otherCa = DemoCertificates.in(there.resolve("tls")).ca();
        try (WholeServer one = WholeServer.start(here, towards(ports.get(0), ports.get(1), otherCa));
                WholeServer other = WholeServer.start(there, towards(ports.get(1), ports.get(0), ca));
                ImapClient client = one.overTls()) {
            Made made = one.issue(ADA);
            give(there, made.secret());
            give(here, other.issue(ADA).secret());

            client.send("a LOGIN ada@example.org %s\r\n".formatted(made.secret()));

            String loops = "postern_upstream_login_seconds_count{outcome=\"loops\",protocol=\"imap\"} 1";
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(one.management("/metrics").body()).contains(loops));
            assertThat(client.until("a ")).contains("NO [").doesNotContain("AUTHENTICATIONFAILED");
            assertThat(logins(one) + logins(other))
                    .as("of the client, and of four hops")
                    .isEqualTo(5);
        }
    }

    /** Each says to the other for whom it comes. */
    private static String towards(int own, int other, Path ca) {
        return """
                listeners.imaps.port = %d
                upstreams.other {
                  host = "127.0.0.1", imap.port = %d, ca-file = "%s"
                  client-address = id-and-xclient
                  connect-timeout = 30s, login-timeout = 60s, retries.within = 60s
                  login.strategy = mailbox-password
                }
                routes.default = other
                """.formatted(own, other, ca);
    }

    private static void give(Path folder, String secret) throws Exception {
        HostCommands host = new HostCommands(folder);
        Path file = Files.writeString(folder.resolve("given"), secret);
        int done = host.execute(
                "grant put", "--user", ADA.value(), "--upstream", "other", "--password", "--from", file.toString());
        assertThat(done).as(host.complained()).isZero();
    }

    private static int logins(WholeServer server) throws Exception {
        return server.management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("postern_login_seconds_count{outcome=\"accepted\",protocol=\"imap\"}"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}

package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/**
 * Traps 21, 26, 46: people who stay, and people who leave in the middle of anything. {@code -Dpostern.churn.idle=5000
 * -Dpostern.churn.seconds=60} has more of them.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ChurnTest {

    private static final int IDLE = Integer.getInteger("postern.churn.idle", 300);
    private static final Duration CHURN = Duration.ofSeconds(Integer.getInteger("postern.churn.seconds", 5));
    private static final int MEBI = 1 << 20;
    private static final int SPARE_DESCRIPTORS = 8;
    private static final long SPARE_HEAP = 24L * MEBI;

    @TempDir
    private Path folder;

    @Test
    void allThatTheyTookIsGivenBack() throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        try (MailServersApart mail = MailServersApart.start();
                WholeServer server = WholeServer.start(folder, settings(mail))) {
            String secret = server.issue(ADA).secret();
            Churn people = new Churn(server, secret);
            people.pass(Duration.ofSeconds(1)); // what is loaded once is loaded now
            awaitNobody(server);
            long descriptors = descriptors();
            long heap = heap();

            List<MailClient> idle = new ArrayList<>(people.stay(IDLE));
            assertThat(sum(server, "postern_sessions{")).isEqualTo(IDLE);
            long most = descriptors();
            int visits = people.pass(CHURN);
            assertThat(visits).isGreaterThan(50);
            await().atMost(Duration.ofMinutes(1))
                    .ignoreException(HttpTimeoutException.class)
                    .untilAsserted(
                            () -> assertThat(sum(server, "postern_sessions{")).isEqualTo(IDLE));
            for (MailClient client : idle) {
                client.close();
            }
            idle.clear(); // their TLS takes heap, too

            awaitNobody(server);
            await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors + SPARE_DESCRIPTORS));
            await().untilAsserted(() -> assertThat(heap()).isLessThan(heap + SPARE_HEAP));
            System.out.printf(
                    "churn: %d idle, %d visits in %d s; descriptors %d, at most %d, %d; heap %d MiB, then %d MiB%n",
                    IDLE, visits, CHURN.toSeconds(), descriptors, most, descriptors(), heap / MEBI, heap() / MEBI);
            people.stay(3).forEach(ChurnTest::leave);
        }
    }

    private static void leave(MailClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitNobody(WholeServer server) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreException(HttpTimeoutException.class) // of a scrape, on a busy machine
                .untilAsserted(() -> assertThat(sum(server, "postern_sessions{") + sum(server, "postern_connections{"))
                        .isZero());
    }

    /** Of all series that begin so. */
    private static int sum(WholeServer server, String series) throws Exception {
        return server.management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String settings(MailServersApart mail) {
        return mail.upstream() + """
                listener-defaults.max-connections-per-address = 20000
                sessions { most-per-person = 20000, most-per-address = 20000 }
                """;
    }
}

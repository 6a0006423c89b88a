package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** Traps 21, 26, 46: people who stay, and people who leave in the middle of anything. */
class ChurnTest {

    private static final int IDLE = 300;
    private static final int MEBI = 1 << 20;
    private static final Duration CHURN = Duration.ofSeconds(5);
    private static final int SPARE_DESCRIPTORS = 8;
    private static final long SPARE_HEAP = 24L * MEBI;

    @TempDir
    private Path folder;

    @Test
    void allThatTheyTookIsGivenBack() throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        try (MailServerThatListens mail = new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] In.");
                WholeServer server = WholeServer.start(folder, settings(mail.port()))) {
            String secret = server.issue(ADA).secret();
            churn(server, secret, Duration.ofSeconds(1)); // what is loaded once is loaded now
            awaitNobody(server);
            long descriptors = descriptors();
            long heap = heap();

            List<ImapClient> idle = stay(server, secret);
            assertThat(gauge(server, "postern_sessions{protocol=\"imap\"}")).isEqualTo(IDLE);
            int visits = churn(server, secret, CHURN);
            assertThat(visits).isGreaterThan(50);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(gauge(server, "postern_sessions{protocol=\"imap\"}"))
                            .isEqualTo(IDLE));
            for (ImapClient client : idle) {
                client.close();
            }

            awaitNobody(server);
            await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors + SPARE_DESCRIPTORS));
            await().untilAsserted(() -> assertThat(heap()).isLessThan(heap + SPARE_HEAP));
            try (ImapClient next = server.overTls()) {
                assertThat(login(next, secret)).contains("OK");
            }
        }
    }

    private static List<ImapClient> stay(WholeServer server, String secret) throws Exception {
        List<ImapClient> idle = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            ImapClient client = server.overTls();
            assertThat(login(client, secret)).contains("OK");
            client.send("i IDLE\r\n");
            idle.add(client);
        }
        return idle;
    }

    /** How often somebody came and left. */
    private static int churn(WholeServer server, String secret, Duration time) throws Exception {
        AtomicInteger visits = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SplittableRandom random = new SplittableRandom(i);
                all.add(people.submit(() -> {
                    while (System.nanoTime() < end) {
                        visit(server, secret, random);
                        visits.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return visits.get();
    }

    private static void visit(WholeServer server, String secret, SplittableRandom random) throws Exception {
        boolean encrypted = random.nextBoolean();
        try (ImapClient client = encrypted ? server.overTls() : server.inTheClear()) {
            switch (random.nextInt(6)) {
                case 0 -> client.send("a STARTTLS\r\n\u0016\u0003");
                case 1 -> client.send("a LOGIN ada@example.org {20}\r\nbcdf");
                case 2 -> client.send("a AUTHENTICATE PLAIN\r\n");
                case 3 -> client.send("a LOGIN ada@example.org " + secret + "\r\nb SELECT INB");
                case 4 -> login(client, secret);
                default -> client.send("(".repeat(random.nextInt(9_000)));
            }
            if (random.nextBoolean()) {
                client.abort();
            }
        } catch (IOException _) {
            // shown the door before it had said all: as good a way to leave as any
        }
    }

    private static String login(ImapClient client, String secret) throws IOException {
        return client.say("LOGIN ada@example.org " + secret);
    }

    private static void awaitNobody(WholeServer server) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(gauge(server, "postern_sessions{protocol=\"imap\"}")
                                + gauge(server, "postern_connections{listener=\"imap\"}")
                                + gauge(server, "postern_connections{listener=\"imaps\"}"))
                        .isZero());
    }

    private static int gauge(WholeServer server, String series) throws Exception {
        return server.management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow();
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

    private static String settings(int port) {
        return """
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }, login { user = m, password = { file = master } }
                }
                routes.default = mail
                listener-defaults.max-connections-per-address = 5000
                """.formatted(port);
    }
}

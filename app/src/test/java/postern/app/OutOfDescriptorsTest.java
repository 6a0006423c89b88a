package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.app.demo.DemoCertificates;
import postern.app.dovecot.FreePorts;

/** Trap 46: a process whose file descriptors are spent waits until some come back, does not spin, and says what is wrong. */
class OutOfDescriptorsTest {

    private static final int DESCRIPTORS = 500;

    /** Of the processor, in one of these whiles: what a loop that asks again at once would use up. */
    private static final Duration WHILE = Duration.ofSeconds(3);

    private static final Duration HARDLY_ANYTHING = Duration.ofMillis(900);
    private static final Duration IN_TIME = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final List<SocketChannel> crowd = new ArrayList<>();
    private final int imap;
    private final int management;

    OutOfDescriptorsTest() throws IOException {
        List<Integer> free = FreePorts.on("127.0.0.1", 2);
        imap = free.get(0);
        management = free.get(1);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void waitsForThemToComeBack() throws Exception {
        DemoCertificates certificates = DemoCertificates.in(folder.resolve("tls"));
        Process server = start();
        try {
            await().atMost(IN_TIME).until(() -> output().contains("ready") || !server.isAlive());
            comeAndGo(certificates);
            comeUntilNobodyIsLetIn();

            await().atMost(IN_TIME).until(() -> output().contains("no client can be accepted now"));
            awaitQuiet(server);
            for (SocketChannel one : crowd) {
                one.close();
            }

            await().atMost(IN_TIME).ignoreExceptions().until(() -> isGreeted(certificates));
            assertThat(metrics()).containsPattern("postern_accept_failures_total\\{listener=\"imap\"} [1-9]");
            assertThat(output().lines().filter(line -> line.contains("no client can be accepted now")))
                    .as("a line a minute")
                    .hasSizeLessThan(5);
            assertThat(output())
                    .contains("Too many open files")
                    .doesNotContain("io.netty.channel", "Exception", "Error");
        } finally {
            server.destroyForcibly();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Has all loaded that answering takes: from jars, which stay open, that needs no descriptor, but from folders, as here, it does. */
    private void comeAndGo(DemoCertificates certificates) throws Exception {
        try (ImapClient polite = ImapClient.inTheClear("127.0.0.1", imap, certificates.ca());
                ImapClient rude = ImapClient.inTheClear("127.0.0.1", imap, certificates.ca())) {
            rude.abort();
            assertThat(polite.say("LOGOUT")).contains("OK");
        }
        assertThat(metrics()).contains("postern_accept_failures_total{listener=\"imap\"} 0.0");
    }

    /** The kernel takes, too, those whom the process does not accept. */
    private void comeUntilNobodyIsLetIn() throws IOException {
        for (int i = 0; i < DESCRIPTORS + 20; i++) {
            crowd.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), imap)));
        }
    }

    private static void awaitQuiet(Process server) {
        AtomicReference<Duration> before = new AtomicReference<>(Duration.ofDays(-1));
        await("a while in which it does hardly anything")
                .pollDelay(Duration.ZERO)
                .pollInterval(WHILE)
                .atMost(IN_TIME)
                .until(() -> {
                    Duration now = server.info().totalCpuDuration().orElseThrow();
                    return now.minus(before.getAndSet(now)).compareTo(HARDLY_ANYTHING) < 0;
                });
    }

    private boolean isGreeted(DemoCertificates certificates) throws Exception {
        try (ImapClient client = ImapClient.inTheClear("127.0.0.1", imap, certificates.ca())) {
            return client.greeting().startsWith("* OK");
        }
    }

    /** With more room than there are descriptors for: as it comes, it would run out of room first. */
    private Process start() throws IOException {
        Path file = folder.resolve("postern.conf");
        Files.writeString(file, """
                data-directory = "%s"
                listener-defaults { address = "127.0.0.1", login-timeout = 5m, max-connections-per-address = 100000 }
                listeners { imap.port = %d, imaps.enabled = false }
                connections.most = 100000
                admin.enabled = false
                management.port = %d
                """.formatted(folder, imap, management));
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + DESCRIPTORS + "; exec \"$0\" \"$@\"",
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "postern.app.Main",
                        "run",
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("output").toFile()))
                .start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private String metrics() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}

package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** Trap 46: strangers who come and say nothing, or next to nothing, keep nobody out, and do not stay. */
class SlowStrangersTest {

    private static final int SILENT = 1_500;
    private static final int HALF_OPEN = 400;
    private static final int DRIP_FED = 50;
    private static final int GOOD = 6;
    private static final Duration DEADLINE = Duration.ofSeconds(25);

    /** Of the first message of TLS, whose record goes on for longer. */
    private static final byte[] HALF_A_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private final List<SocketChannel> strangers = new ArrayList<>();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void keepNobodyOutAndAreSentAway(@TempDir Path folder) throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                MailServerThatListens mail = new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] In.");
                WholeServer server = WholeServer.start(folder, settings(mail.port()))) {
            String secret = server.issue(ADA).secret();
            come(server.port("imap"), SILENT, new byte[0]);
            come(server.port("imaps"), HALF_OPEN, new byte[0]);
            come(server.port("imaps"), HALF_OPEN, HALF_A_HELLO);
            drip(server.port("imap"), "a1 NOOP".getBytes(StandardCharsets.US_ASCII), clock);
            drip(server.port("imaps"), HALF_A_HELLO, clock);

            for (int i = 0; i < GOOD; i++) {
                try (ImapClient ada = i % 2 == 0 ? server.overTls() : overStartTls(server)) {
                    assertThat(ada.say("LOGIN ada@example.org " + secret)).contains("OK");
                }
            }

            await().atMost(DEADLINE.multipliedBy(4)).until(() -> stillThere() == 0);
            clock.shutdownNow();
            assertThat(server.management("/metrics").body())
                    .contains("postern_rejected_before_login_total{protocol=\"imap\",reason=\"too_slow\"} "
                            + (SILENT + DRIP_FED))
                    .contains("postern_rejected_before_login_total{protocol=\"imap\",reason=\"tls_too_slow\"} "
                            + (2 * HALF_OPEN + DRIP_FED));
        } finally {
            for (SocketChannel stranger : strangers) {
                stranger.close();
            }
        }
    }

    private static ImapClient overStartTls(WholeServer server) throws Exception {
        ImapClient client = server.inTheClear();
        assertThat(client.say("STARTTLS")).contains("OK");
        client.encrypt();
        return client;
    }

    private List<SocketChannel> come(int port, int many, byte[] first) throws IOException {
        List<SocketChannel> come = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            SocketChannel stranger = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            stranger.write(ByteBuffer.wrap(first));
            stranger.configureBlocking(false);
            come.add(stranger);
        }
        strangers.addAll(come);
        return come;
    }

    /** A byte to each, now and then, for as long as they are let. */
    private void drip(int port, byte[] said, ScheduledExecutorService clock) throws IOException {
        List<SocketChannel> slow = come(port, DRIP_FED, new byte[0]);
        AtomicInteger next = new AtomicInteger();
        var _ = clock.scheduleWithFixedDelay(
                () -> slow.forEach(one -> say(one, said[next.getAndIncrement() / DRIP_FED % said.length])),
                0,
                1,
                TimeUnit.SECONDS);
    }

    private static void say(SocketChannel one, byte letter) {
        try {
            one.write(ByteBuffer.wrap(new byte[] {letter}));
        } catch (IOException _) {
            // sent away, as it should be
        }
    }

    /** Each is asked each time: what they were told has to be read before they hear that it was all. */
    private long stillThere() {
        return strangers.stream().filter(one -> !isGone(one)).count();
    }

    private static boolean isGone(SocketChannel stranger) {
        ByteBuffer words = ByteBuffer.allocate(512);
        try {
            return stranger.read(words) < 0;
        } catch (IOException _) {
            return true;
        }
    }

    private static String settings(int port) {
        return """
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }, login { user = m, password = { file = master } }
                }
                routes.default = mail
                listener-defaults { login-timeout = %ds, max-connections-per-address = 5000 }
                """.formatted(port, DEADLINE.toSeconds());
    }
}

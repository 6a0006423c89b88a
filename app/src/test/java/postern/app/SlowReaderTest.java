package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** Who stops reading in the middle of a gigabyte, at either end, has the other end wait: nothing piles up here. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SlowReaderTest {

    private static final int MEBI = 1 << 20;
    private static final long LARGE = 1024L * MEBI;

    /** As much as there can be in one literal, nearly. */
    private static final long APPENDED = 950L * MEBI;

    /** What the kernel takes for two connections, and a little for us. */
    private static final long UNDER_WAY = 40L * MEBI;

    private static final long KEPT_BY_US = 8L * MEBI;

    /** The process grows by itself, but not by a fifth of what is under way. */
    private static final long GROWN = 200L * MEBI;

    private static final String PIECE = "A line of text that somebody wrote.\r\n".repeat(1 << 10);

    @TempDir
    private Path folder;

    private record Used(long netty, long heap, long process) {

        static Used now() throws IOException {
            System.gc();
            ByteBufAllocatorMetric netty = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
            Runtime java = Runtime.getRuntime();
            return new Used(
                    netty.usedDirectMemory() + netty.usedHeapMemory(),
                    java.totalMemory() - java.freeMemory(),
                    resident());
        }

        private static long resident() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findAny()
                            .orElseThrow()
                    * 1024;
        }

        void assertLittleMoreThan(Used before) {
            assertThat(netty - before.netty).as("buffers").isLessThan(KEPT_BY_US);
            assertThat(heap - before.heap).as("heap").isLessThan(KEPT_BY_US);
            assertThat(process - before.process).as("process").isLessThan(GROWN);
        }
    }

    @BeforeEach
    void ourOwnPassword() throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
    }

    @Test
    void whoStopsReadingALargeMessageByImapCostsNoMemory() throws Exception {
        try (MailServerThatPours mail = MailServerThatPours.byImap(LARGE);
                WholeServer server = WholeServer.start(folder, upstream("imap", mail.port()));
                MailClient client = server.overTls("imaps")) {
            assertThat(client.ask("a LOGIN ada@example.org " + server.issue(ADA).secret()))
                    .contains("OK");

            stopsReading(client, "b FETCH 1 BODY[]", mail);

            assertThat(client.line()).isEqualTo("* 1 FETCH (BODY[] {" + mail.bytes() + "}");
            assertThat(client.skip(mail.bytes())).isEqualTo(mail.bytes());
            assertThat(client.line()).isEqualTo(")");
            assertThat(client.line()).isEqualTo("b OK Done.");
        }
    }

    @Test
    void norByPop3() throws Exception {
        try (MailServerThatPours mail = MailServerThatPours.byPop3(LARGE);
                WholeServer server = WholeServer.start(folder, upstream("pop3", mail.port()));
                MailClient client = server.overTls("pop3s")) {
            client.ask("USER ada@example.org");
            assertThat(client.ask("PASS " + server.issue(ADA).secret())).startsWith("+OK");

            stopsReading(client, "RETR 1", mail);

            assertThat(client.line()).isEqualTo("+OK");
            assertThat(client.skip(UNDER_WAY)).isEqualTo(UNDER_WAY);
            client.abort();
        }
    }

    private static void stopsReading(MailClient client, String command, MailServerThatPours mail) throws Exception {
        Used before = Used.now();
        client.send(command + "\r\n");

        awaitStandstill(mail::poured);

        assertThat(mail.poured()).isBetween(1L, UNDER_WAY);
        Used.now().assertLittleMoreThan(before);
    }

    @Test
    void aMailServerThatStopsReadingALargeMessageCostsNoMemoryEither() throws Exception {
        try (MailServerThatStops mail =
                        new MailServerThatStops(List.of("* OK Here.", "L1 OK [CAPABILITY IMAP4rev1] In.", "+ Go on."));
                WholeServer server = WholeServer.start(folder, upstream("imap", mail.port()));
                MailClient client = server.overTls("imaps")) {
            assertThat(client.ask("a LOGIN ada@example.org " + server.issue(ADA).secret()))
                    .contains("OK");
            assertThat(client.ask("b APPEND Sent {" + APPENDED + "}")).isEqualTo("+ Go on.");

            sendsToWhoDoesNotRead(client, mail);
        }
    }

    @Test
    void norWhenItIsALetterThatItStopsReading() throws Exception {
        try (MailServerThatStops mail = new MailServerThatStops(List.of(
                        "220 Here.",
                        "250-Here.\r\n250-SIZE 1\r\n250 AUTH PLAIN",
                        "334 ",
                        "235 Come in.",
                        "250 Sender.",
                        "250 Recipient.",
                        "354 Go on."));
                WholeServer server = WholeServer.start(folder, upstream("smtp", mail.port()));
                MailClient client = server.overTls("submissions")) {
            String words = "\0ada@example.org\0" + server.issue(ADA).secret();
            assertThat(client.ask(
                            "AUTH PLAIN " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8))))
                    .startsWith("235");
            client.ask("MAIL FROM:<ada@example.org>");
            client.ask("RCPT TO:<grace@example.org>");
            assertThat(client.ask("DATA")).isEqualTo("354 Go on.");

            sendsToWhoDoesNotRead(client, mail);
        }
    }

    private static void sendsToWhoDoesNotRead(MailClient client, MailServerThatStops mail) throws Exception {
        Used before = Used.now();
        AtomicLong sent = new AtomicLong();
        Thread sender = Thread.startVirtualThread(() -> send(client, sent));

        awaitStandstill(sent::get);

        long underWay = sent.get();
        assertThat(underWay).isBetween(1L, UNDER_WAY);
        Used.now().assertLittleMoreThan(before);
        mail.goOn();
        await().atMost(Duration.ofSeconds(30)).until(() -> mail.taken() > 2 * underWay);
        client.abort();
        sender.join();
    }

    private static void send(MailClient client, AtomicLong sent) {
        try {
            while (sent.get() < APPENDED) {
                client.send(PIECE);
                sent.addAndGet(PIECE.length());
            }
        } catch (IOException _) {
            // it was enough
        }
    }

    /** Nothing more was taken for a while. */
    private static void awaitStandstill(LongSupplier taken) {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(30))
                .until(() -> taken.getAsLong() > 0 && last.getAndSet(taken.getAsLong()) == taken.getAsLong());
    }

    private static String upstream(String protocol, int port) {
        return """
                upstreams.mail {
                  host = "127.0.0.1", %s { port = %d, tls = none }, login { user = m, password = { file = master } }
                  smtp.extensions = "SIZE"
                }
                routes.default = mail
                """.formatted(protocol, port);
    }
}

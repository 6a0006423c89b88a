package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** A phone that asks for all of a large message in a tunnel: it is the mail server that waits, and nothing piles up here. */
class SlowReaderTest {

    private static final int MEBI = 1 << 20;
    private static final long LARGE = 200L * MEBI;

    /** What the kernel takes for two connections, and a little for us. */
    private static final long UNDER_WAY = 40L * MEBI;

    private static final long KEPT_BY_US = 8L * MEBI;

    @Test
    void whoStopsReadingALargeMessageCostsNoMemory(@TempDir Path folder) throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        try (MailServerThatPours mail = new MailServerThatPours(LARGE);
                WholeServer server = WholeServer.start(folder, upstream(mail.port()));
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN ada@example.org " + server.issue(ADA).secret()))
                    .contains("OK");
            long before = usedByNetty();
            client.send("a FETCH 1 BODY[]\r\n");

            awaitStandstill(mail);

            assertThat(mail.poured()).isBetween(1L, UNDER_WAY);
            assertThat(usedByNetty() - before).isLessThan(KEPT_BY_US);
            assertThat(client.line()).isEqualTo("* 1 FETCH (BODY[] {" + mail.bytes() + "}");
            assertThat(client.skip(mail.bytes())).isEqualTo(mail.bytes());
            assertThat(client.line()).isEqualTo(")");
            assertThat(client.line()).isEqualTo("a OK Done.");
        }
    }

    /** Nothing more was taken for a while. */
    private static void awaitStandstill(MailServerThatPours mail) {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(20))
                .until(() -> mail.poured() > 0 && last.getAndSet(mail.poured()) == mail.poured());
    }

    private static long usedByNetty() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    private static String upstream(int port) {
        return """
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }, login { user = m, password = { file = master } }
                }
                routes.default = mail
                """.formatted(port);
    }
}

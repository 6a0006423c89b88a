package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.proxy.http.Documents.attachment;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.Head;
import postern.proxy.http.HttpAnswer;
import postern.proxy.http.LongBody;

/** Attachments of 30 MB, both ways, whoever of the two is slow: nothing piles up here. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MuchMailTest {

    private static final int MEBI = 1 << 20;
    private static final long MUCH = 30L * MEBI;
    private static final long KEPT_BY_US = 8L * MEBI;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    private static PhoneServer house;
    private static String secret;

    private ActiveSyncPhone phone;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, "");
        house.exchange().withoutRules();
        secret = house.welcome(ADA, house.server().issue(ADA)).secret();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @BeforeEach
    void connect() throws Exception {
        phone = house.phone().as(ADA.value(), secret);
        fetch(MEBI); // what is loaded once is loaded now
    }

    @AfterEach
    void hangUp() throws Exception {
        phone.close();
    }

    @Test
    void whatIsFetchedArrivesAsItIsAndIsNotKeptHere() throws Exception {
        try (Watch watch = new Watch()) {
            assertThat(fetch(MUCH)).isEqualTo(LongBody.of(MUCH));

            assertThat(watch.most()).isLessThan(KEPT_BY_US);
        }
    }

    @Test
    void whatIsSentArrivesAsItIsAndIsNotKeptHere() throws Exception {
        try (Watch watch = new Watch()) {
            assertThat(phone.upload("SendMail", "message/rfc822", MUCH).status())
                    .isEqualTo(200);

            assertThat(house.exchange().heard().getLast().body()).isEqualTo(LongBody.of(MUCH));
            assertThat(watch.most()).isLessThan(KEPT_BY_US);
        }
    }

    @Test
    void aPhoneThatStopsReadingHasTheServerWait() throws Exception {
        try (Watch watch = new Watch()) {
            phone.begin("ItemOperations", attachment(String.valueOf(MUCH)));
            Head head = phone.answerHead();
            assertThat(head.first("Content-Length")).contains(String.valueOf(MUCH));
            awaitStandstill(watch);

            assertThat(watch.most()).isLessThan(KEPT_BY_US);
            try (InputStream rest = phone.body(head)) {
                assertThat(rest.skip(MUCH)).isEqualTo(MUCH);
            }
        }
    }

    @Test
    void aServerThatStopsReadingHasThePhoneWait() throws Exception {
        house.exchange().stopReading();
        try (Watch watch = new Watch()) {
            CompletableFuture<HttpAnswer> sending = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return phone.upload("SendMail", "message/rfc822", MUCH);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    Thread::startVirtualThread);
            awaitStandstill(watch);
            assertThat(sending).isNotDone();
            assertThat(watch.most()).isLessThan(KEPT_BY_US);

            house.exchange().goOnReading();
            assertThat(sending.get().status()).isEqualTo(200);
            assertThat(house.exchange().heard().getLast().body()).isEqualTo(LongBody.of(MUCH));
        }
    }

    private LongBody fetch(long bytes) throws Exception {
        phone.begin("ItemOperations", attachment(String.valueOf(bytes)));
        return phone.longAnswer();
    }

    /** What is kept did not change for a while. */
    private static void awaitStandstill(Watch watch) {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> last.getAndSet(watch.now()) == watch.now());
    }

    /** Of Netty's buffers in this process, which only the server uses: how much more there is than when this began. */
    private static final class Watch implements AutoCloseable {

        private final ByteBufAllocatorMetric netty =
                ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        private final long before = used();
        private final AtomicLong most = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();

        @SuppressWarnings("UnusedVariable") // it ends with us
        private final Thread looking = Thread.ofPlatform().daemon().start(this::look);

        private long used() {
            return netty.usedDirectMemory() + netty.usedHeapMemory();
        }

        private void look() {
            while (!over.get()) {
                most.accumulateAndGet(now(), Math::max);
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }

        long now() {
            return used() - before;
        }

        long most() {
            return most.get();
        }

        @Override
        public void close() {
            over.set(true);
        }
    }
}

package postern.credentials.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditWriter.Pace;

/** E-03, E-04: nobody waits for the audit trail, and it loses nothing unsaid. */
@Timeout(60)
class AuditWriterTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);

    private final List<List<AuditEvent>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile boolean away;
    private AuditWriter writer = writing(new Pace(10_000, 500, SOON, SOON));

    @AfterEach
    void close() {
        away = false;
        writer.close();
    }

    @Test
    void whatComesWithinTheIntervalIsOneTransaction() {
        writer.close();
        writer = writing(new Pace(10_000, 500, Duration.ofMillis(300), SOON));
        List<AuditEvent> events = SampleEvents.aMonday();
        events.forEach(writer);

        await().until(() -> !batches.isEmpty());
        assertThat(batches).containsExactly(events);
    }

    @Test
    void aFullBatchWaitsForNoInterval() {
        writer.close();
        writer = writing(new Pace(10_000, 2, NEVER, SOON));
        SampleEvents.aMonday().forEach(writer);

        await().until(() -> batches.size() == 2);
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSize(2));
    }

    @Test
    void closingWritesWhatWaits() {
        writer.close();
        writer = writing(new Pace(10_000, 500, NEVER, NEVER));
        List<AuditEvent> events = SampleEvents.aMonday();
        events.forEach(writer);

        writer.close();

        assertThat(batches).containsExactly(events);
    }

    @Test
    void whileTheStoreIsAwayNobodyWaitsAndNothingUpToTheBoundIsLost() throws Exception {
        away = true;
        List<AuditEvent> events = SampleEvents.aMonday();
        events.forEach(writer);
        assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(batches).isEmpty();

        away = false;

        await().until(() -> written().size() == events.size());
        assertThat(written()).isEqualTo(events);
    }

    @Test
    void whatIsBeyondTheBoundIsCountedAndToldWhenTheStoreIsBack() throws Exception {
        writer.close();
        writer = writing(new Pace(3, 3, SOON, SOON));
        away = true;
        writer.accept(SampleEvents.renamed());
        assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 10; i++) {
            writer.accept(SampleEvents.renamed());
        }

        away = false;

        await().until(() -> !written().isEmpty() && written().getLast().kind() == AuditKind.AUDIT_DROPPED);
        assertThat(written()).hasSize(5);
        assertThat(written().getLast().times())
                .as("eleven came, four were written")
                .isEqualTo(7);
    }

    @Test
    void aBugInTheTrailCostsItsBatchAndNotTheWriter() {
        writer.close();
        writer = AuditWriter.start(
                events -> {
                    if (batches.isEmpty()) {
                        batches.add(List.of());
                        throw new IllegalStateException("a bug");
                    }
                    batches.add(List.copyOf(events));
                },
                new Pace(100, 1, SOON, SOON),
                InstantSource.system(),
                new SecureRandom());
        writer.accept(SampleEvents.renamed());
        await().until(() -> batches.size() == 1);
        AuditEvent next = SampleEvents.policyChanged();
        writer.accept(next);

        await().until(() -> written().size() == 2);
        assertThat(written().getFirst()).isEqualTo(next);
        assertThat(written().getLast().kind()).isEqualTo(AuditKind.AUDIT_DROPPED);
    }

    @Test
    void aStoreThatIsAwayAtTheEndKeepsNobodyFromStopping() {
        away = true;
        writer.accept(SampleEvents.renamed());

        long began = System.nanoTime();
        writer.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(batches).isEmpty();
    }

    private List<AuditEvent> written() {
        return batches.stream().flatMap(List::stream).toList();
    }

    private AuditWriter writing(Pace pace) {
        return AuditWriter.start(this::append, pace, InstantSource.system(), new SecureRandom());
    }

    private void append(List<AuditEvent> events) throws StoreUnavailableException {
        tried.countDown();
        if (away) {
            throw new StoreUnavailableException("away", new IOException());
        }
        batches.add(List.copyOf(events));
    }
}

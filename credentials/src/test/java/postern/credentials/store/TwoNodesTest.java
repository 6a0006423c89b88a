package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Revoked;
import postern.credentials.StoreUnavailableException;

/** Two nodes on one PostgreSQL. */
class TwoNodesTest {

    private static final Duration PROMISED = Duration.ofSeconds(1);

    private final String url = SamplePostgres.url();
    private final Node here;
    private final Node there;

    /** Neither looks by itself within a test: what is heard is heard by signal. */
    TwoNodesTest() throws StoreUnavailableException {
        this.here = Node.on(SamplePostgres.open(url), Node.SELDOM);
        this.there = Node.on(SamplePostgres.open(url), Node.SELDOM);
    }

    @BeforeEach
    void adaIsKnown() throws Exception {
        here.addAda();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void whatIsChangedHereIsHeardThere() throws Exception {
        AppPasswordId id = here.issue();
        here.revoke(id);

        await().until(() -> there.heard().size() == 2);
        assertThat(there.heard()).containsExactly(new Issued(ADA, id), new Revoked(ADA, id));
        assertThat(here.heard()).isEqualTo(there.heard());
    }

    @Test
    void revocationsAreHeardThereWithinASecond() throws Exception {
        assertHeardInTime(there);
    }

    @Test
    void whenSignalsAreLostRevocationsAreHeardByLooking() throws Exception {
        PostgresDatabase deaf = PostgresDatabase.open(url, "postgres", "", 4, "where_nobody_calls");
        try (Node third = Node.on(deaf, Duration.ofMillis(250))) {
            assertHeardInTime(third);
        }
    }

    private void assertHeardInTime(Node other) throws Exception {
        List<AppPasswordId> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ids.add(here.issue());
        }
        Map<Change, Long> at = new ConcurrentHashMap<>();
        other.feed().listen(change -> at.put(change, System.nanoTime()));
        Map<Change, Long> began = new ConcurrentHashMap<>();
        for (AppPasswordId id : ids) {
            began.put(new Revoked(ADA, id), System.nanoTime());
            here.revoke(id);
        }
        await().until(() -> at.keySet().containsAll(began.keySet()));

        List<Duration> took = began.entrySet().stream()
                .map(revoked -> Duration.ofNanos(at.getOrDefault(revoked.getKey(), 0L) - revoked.getValue()))
                .sorted()
                .toList();
        assertThat(took.getLast()).as(took.toString()).isLessThan(PROMISED);
    }

    @Test
    void howeverManyChangeAtOnceBothHearEachOnceAndInTheSameOrder() throws Exception {
        List<Callable<AppPasswordId>> changes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Node node = i % 2 == 0 ? here : there;
            changes.add(() -> {
                AppPasswordId id = node.issue();
                node.revoke(id);
                return id;
            });
        }
        List<Change> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<AppPasswordId> id : threads.invokeAll(changes)) {
                made.add(new Issued(ADA, id.get()));
                made.add(new Revoked(ADA, id.get()));
            }
        }

        await().until(() -> here.heard().size() >= 200 && there.heard().size() >= 200);
        assertThat(here.heard()).containsExactlyInAnyOrderElementsOf(made);
        assertThat(there.heard()).isEqualTo(here.heard());
    }

    /** With numbers from a sequence, the second would be told and the first, lower one, never. */
    @Test
    void aChangeThatIsSlowToCommitIsNotOvertaken() throws Exception {
        AppPasswordId slow = here.issue();
        AppPasswordId fast = here.issue();
        ChangeLog log = here.feed().log();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OptionalLong> first = threads.submit(() -> here.database().change(sql -> {
                OptionalLong sequence = log.write(sql, List.of(new Revoked(ADA, slow)));
                written.countDown();
                awaitUnchecked(commit);
                return sequence;
            }));
            written.await();
            Future<?> second = threads.submit(() -> {
                there.revoke(fast);
                return null;
            });
            try {
                await().during(Duration.ofMillis(300)).until(() -> !second.isDone());
            } finally {
                commit.countDown();
            }
            first.get();
            second.get();
        }

        await().until(() -> here.heard().size() == 4);
        assertThat(here.heard())
                .containsExactly(
                        new Issued(ADA, slow), new Issued(ADA, fast), new Revoked(ADA, slow), new Revoked(ADA, fast));
        await().until(() -> there.heard().equals(here.heard()));
    }

    @Test
    void whatIsRolledBackIsNeverTold() throws Exception {
        AppPasswordId id = here.issue();
        ChangeLog log = here.feed().log();

        assertThatThrownBy(() -> here.database().change(sql -> {
                    log.write(sql, List.of(new Revoked(ADA, id)));
                    throw new IllegalStateException("thought better of it");
                }))
                .hasMessage("thought better of it");
        here.revoke(id);

        await().until(() -> there.heard().size() == 2);
        assertThat(there.heard()).containsExactly(new Issued(ADA, id), new Revoked(ADA, id));
    }

    /** It loses its transaction, and with it the lock that all others wait for. */
    @Test
    void aNodeThatFreezesHoldsUpTheOthersForSecondsOnly() throws Exception {
        AppPasswordId id = here.issue();
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thaw = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> freezing = threads.submit(() -> there.database().change(sql -> {
                there.feed().log().write(sql, List.of(new Issued(ADA, id)));
                frozen.countDown();
                awaitUnchecked(thaw);
                return null;
            }));
            frozen.await();

            assertThatThrownBy(() -> here.revoke(id)).isInstanceOf(StoreUnavailableException.class);
            await().ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> here.store().revoke(ADA, id, ROOT));

            thaw.countDown();
            assertThatThrownBy(freezing::get).hasCauseInstanceOf(StoreUnavailableException.class);
        }
        assertThat(here.heard()).containsExactly(new Issued(ADA, id), new Revoked(ADA, id));
    }

    @Test
    void aListeningConnectionThatBreaksIsMadeAgain() throws Exception {
        here.database()
                .read(sql -> sql.createQuery(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
                        .mapTo(Boolean.class)
                        .list());
        await().until(() -> here.database()
                        .read(sql -> sql.createQuery("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
                                .mapTo(Integer.class)
                                .one())
                == 2);

        AppPasswordId id = here.issue();
        here.revoke(id);

        await().until(() -> there.heard().size() == 2);
        assertThat(there.heard()).isEqualTo(here.heard());
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

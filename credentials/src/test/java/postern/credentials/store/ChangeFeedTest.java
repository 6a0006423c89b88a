package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.Revoked;
import postern.credentials.StoreUnavailableException;

/** One node, on SQLite. */
class ChangeFeedTest {

    private static final InstantSource EIGHT_DAYS_ON = InstantSource.offset(InstantSource.system(), Duration.ofDays(8));

    private final Node node;

    ChangeFeedTest() throws StoreUnavailableException {
        this.node = Node.on(SqliteDatabase.inMemory(), Node.SELDOM);
    }

    @BeforeEach
    void adaIsKnown() throws Exception {
        node.addAda();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void whenARevocationReturnsItHasBeenHeard() throws Exception {
        AppPasswordId id = node.issue();

        node.revoke(id);

        assertThat(node.heard()).containsExactly(new Issued(ADA, id), new Revoked(ADA, id));
    }

    @Test
    void aNodeThatStartsHearsNothingOfThePast() throws Exception {
        AppPasswordId id = node.issue();

        ChangeFeed later = ChangeFeed.open(node.database(), Node.SELDOM, InstantSource.system(), () -> 0);
        List<Change> heard = new CopyOnWriteArrayList<>();
        later.listen(heard::add);
        node.revoke(id);
        later.wake();

        await().until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly(new Revoked(ADA, id));
        later.close();
    }

    @Test
    void aListenerThatFailsKeepsNoOtherFromHearing() throws Exception {
        node.feed().listen(_ -> {
            throw new IllegalStateException("a bug");
        });
        List<Change> behind = new CopyOnWriteArrayList<>();
        node.feed().listen(behind::add);

        AppPasswordId id = node.issue();
        node.revoke(id);

        assertThat(behind).endsWith(new Issued(ADA, id), new Revoked(ADA, id));
    }

    @Test
    void aListenerThatHangsLetsTheRevocationFailInsteadOfHangingIt() throws Exception {
        AppPasswordId id = node.issue();
        CountDownLatch done = new CountDownLatch(1);
        node.feed().listen(_ -> await().until(() -> done.getCount() == 0));

        assertThatThrownBy(() -> node.revoke(id))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("changed, but not all on this node have heard of it yet");

        done.countDown();
        assertThat(node.store().of(ADA)).as("it is revoked all the same").isEmpty();
    }

    @Test
    void theLagIsTheAgeOfTheLastLookThatToldEverything() throws Exception {
        AtomicLong now = new AtomicLong();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        ChangeFeed feed = ChangeFeed.open(node.database(), Node.SELDOM, InstantSource.system(), now::get);
        feed.listen(_ -> {
            asked.countDown();
            await().until(() -> answered.getCount() == 0);
        });
        node.issue();
        feed.wake();
        asked.await();

        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(feed.lag()).isEqualTo(Duration.ofSeconds(30));

        answered.countDown();
        await().until(() -> feed.lag().isZero());
        feed.close();
    }

    @Test
    void whatWasDeletedBeforeItWasHeardIsMissedAndWhatIsLeftIsHeard() throws Exception {
        sql(
                "UPDATE last_change SET sequence = 5",
                "INSERT INTO changes VALUES (5, 'revoked', 'ada@example.org', 'apw_scanner000000001', 0)");
        node.feed().wake();

        await().until(() -> node.heard().size() == 2);
        assertThat(node.heard())
                .containsExactly(new Missed(), new Revoked(ADA, new AppPasswordId("apw_scanner000000001")));
    }

    @Test
    void whenAllWasDeletedItIsMissedOnce() throws Exception {
        sql("UPDATE last_change SET sequence = 5000");
        AppPasswordId id = node.issue();
        node.revoke(id);

        assertThat(node.heard()).containsExactly(new Missed(), new Issued(ADA, id), new Revoked(ADA, id));
    }

    @Test
    void aStoreThatWasPutBackToAnEarlierDayIsNoticed() throws Exception {
        node.revoke(node.issue());
        node.heard().clear();
        sql("DELETE FROM changes", "UPDATE last_change SET sequence = 0");
        node.feed().wake();

        await().until(() -> !node.heard().isEmpty());
        AppPasswordId id = node.issue();
        node.revoke(id);

        assertThat(node.heard()).containsExactly(new Missed(), new Issued(ADA, id), new Revoked(ADA, id));
    }

    @Test
    void aKindThatOnlyNewerVersionsKnowIsPassedOver() throws Exception {
        sql(
                "UPDATE last_change SET sequence = 2",
                "INSERT INTO changes VALUES (2, 'moved to the moon', 'ada@example.org', NULL, 0)");
        AppPasswordId id = node.issue();
        node.revoke(id);

        assertThat(node.heard()).containsExactly(new Issued(ADA, id), new Revoked(ADA, id));
    }

    @Test
    void whatIsOlderThanAWeekIsDeletedInBoundedSteps() throws Exception {
        sql("DELETE FROM changes");
        for (int i = 0; i < ChangeLog.BATCH / 2 + 10; i++) {
            sql("INSERT INTO changes VALUES (%d, 'issued', 'ada@example.org', 'apw_scanner000000001', %d)"
                    .formatted(2 * i, InstantSource.system().millis()));
        }
        ChangeLog now = new ChangeLog(node.database(), InstantSource.system());
        ChangeLog later = new ChangeLog(node.database(), EIGHT_DAYS_ON);

        assertThat(now.prune()).as("nothing is old yet").isZero();
        assertThat(later.prune()).isEqualTo(ChangeLog.BATCH / 2);
        assertThat(later.prune()).isEqualTo(10);
        assertThat(later.prune()).isZero();
    }

    @Test
    void aFeedPrunesWhenItStarts() throws Exception {
        AppPasswordId id = node.issue();
        node.revoke(id);

        ChangeFeed later = ChangeFeed.open(node.database(), Node.SELDOM, EIGHT_DAYS_ON, () -> 0);

        await().until(() -> node.database()
                .read(sql -> sql.createQuery("SELECT count(*) FROM changes")
                        .mapTo(Integer.class)
                        .one()
                        .equals(0)));
        later.close();
        node.revoke(node.issue());
        assertThat(node.heard()).as("who has heard it misses nothing").doesNotContain(new Missed());
    }

    /** At one moment: the feed may look at any. */
    private void sql(String... statements) throws StoreUnavailableException {
        node.database().change(sql -> {
            for (String statement : statements) {
                sql.execute(statement);
            }
            return null;
        });
    }
}

package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.SampleLogins.feedOf;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Change.Missed;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.SamplePostgres;
import postern.credentials.throttle.LockoutPolicy.Mode;

/** L-14, L-17: two nodes on one PostgreSQL, which hear of each other by signal. */
class SharedHoldsTest {

    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final LoginOutcome DENIED = new Denied(Reason.NO_MATCH);
    private static final LoginOutcome HELD = new Denied(Reason.HELD);
    private static final String BOT = "198.51.100.1";

    private final String url = SamplePostgres.url();
    private final AtomicLong nanos = new AtomicLong();
    private final InstantSource clock = () -> MONDAY.plusNanos(nanos.get());
    private final List<OneNode> nodes = new ArrayList<>();
    private int guesses;

    private final class OneNode implements AutoCloseable {

        private final SampleStore store;
        private final HoldWriter writer;
        private final Lockout lockout;
        private final SharedHolds shared;

        OneNode(Mode mode) throws StoreUnavailableException {
            var database = SamplePostgres.open(url);
            this.store = SampleStore.on(database, feedOf(database));
            this.writer = HoldWriter.open(store.holds(), mode, clock, nanos::get);
            this.lockout = SampleLockouts.lockout(SampleLockouts.policy(mode, true), writer, nanos::get);
            this.shared = new SharedHolds(lockout.holds(), writer, store.holds(), mode, clock, Runnable::run);
            store.feed().listen(shared::heard);
            shared.readAll();
            nodes.add(this);
        }

        LoginOutcome wrong(String client, LoginName name) {
            var attempt = attemptFrom(client, name, "guess" + ++guesses);
            LoginOutcome outcome = lockout.weigh(attempt, DENIED);
            lockout.told(attempt, outcome);
            return outcome;
        }

        void guessAt(LoginName name) {
            for (int i = 1; i <= 11; i++) {
                wrong("192.0.2." + i, name);
            }
        }

        void spray() {
            for (int i = 0; i <= 20; i++) {
                wrong(BOT, new LoginName("name" + i + "@example.org"));
            }
        }

        List<Hold> holds() {
            return lockout.holds().list();
        }

        @Override
        public void close() {
            writer.close();
            store.close();
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(OneNode::close);
    }

    @Test
    void aHoldAndItsClearingReachTheOtherNodeWithinASecond() throws Exception {
        OneNode here = new OneNode(Mode.ENFORCE);
        OneNode there = new OneNode(Mode.ENFORCE);

        long began = System.nanoTime();
        here.guessAt(ADA);
        await().pollInterval(Duration.ofMillis(10)).until(() -> !there.holds().isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
        assertThat(there.holds()).isEqualTo(here.holds());
        assertThat(there.wrong(BOT, ADA)).isEqualTo(HELD);

        began = System.nanoTime();
        assertThat(there.shared.clear(ADA, ROOT)).isTrue();
        await().pollInterval(Duration.ofMillis(10)).until(() -> here.holds().isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
        assertThat(here.wrong(BOT, ADA)).isEqualTo(DENIED);
        assertThat(there.wrong(BOT, ADA)).isEqualTo(DENIED);
    }

    @Test
    void theRightSecretPassesAHoldThatBeganElsewhere() throws Exception {
        OneNode here = new OneNode(Mode.ENFORCE);
        OneNode there = new OneNode(Mode.ENFORCE);
        here.guessAt(ADA);
        await().until(() -> !there.holds().isEmpty());

        var attempt = attemptFrom(BOT, ADA, "right");
        assertThat(there.lockout.bars(attempt)).isEmpty();
        assertThat(there.lockout.weigh(attempt, new Accepted(ADA, SampleLogins.SCANNER_ID)))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aRefusedSourceIsRefusedByAllAndClearedForAll() throws Exception {
        OneNode here = new OneNode(Mode.ENFORCE);
        OneNode there = new OneNode(Mode.ENFORCE);
        here.spray();
        await().until(() -> there.lockout.holds().count(HoldKind.SOURCE) == 1);
        assertThat(there.wrong(BOT, ADA)).isEqualTo(HELD);

        assertThat(here.shared.clear(SourceNetwork.parse(BOT), ROOT)).isTrue();

        await().until(() -> there.holds().isEmpty());
        assertThat(here.holds()).isEmpty();
    }

    @Test
    void aRestartGoesOnWithWhatLastsAndDoublesWhatComesNext() throws Exception {
        OneNode before = new OneNode(Mode.ENFORCE);
        before.guessAt(ADA);
        before.spray();
        before.writer.close();
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());

        OneNode after = new OneNode(Mode.ENFORCE);
        assertThat(after.holds())
                .containsExactlyInAnyOrder(
                        new Hold(HoldKind.NAME, ADA.value(), 1, Duration.ofSeconds(30)),
                        new Hold(HoldKind.SOURCE, BOT + "/32", 1, Duration.ofSeconds(570)));

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(after.lockout.holds().count(HoldKind.NAME)).isZero();
        after.guessAt(ADA);
        assertThat(after.holds()).contains(new Hold(HoldKind.NAME, ADA.value(), 2, Duration.ofMinutes(2)));
    }

    @Test
    void whoLearnsSharesNothingAndHoldsNobodyForOthers() throws Exception {
        OneNode learning = new OneNode(Mode.LEARN);
        OneNode enforcing = new OneNode(Mode.ENFORCE);
        learning.guessAt(ADA);
        enforcing.spray();
        learning.writer.close();
        enforcing.writer.close();

        assertThat(learning.holds()).extracting(Hold::kind).containsExactly(HoldKind.NAME);
        assertThat(enforcing.holds()).extracting(Hold::kind).containsExactly(HoldKind.SOURCE);
    }

    @Test
    void whoMissedChangesReadsAllThatLasts() throws Exception {
        OneNode here = new OneNode(Mode.ENFORCE);
        here.guessAt(ADA);
        here.writer.write();
        OneNode there = new OneNode(Mode.ENFORCE);
        there.lockout.holds().clear(Held.name(ADA));

        there.shared.heard(new Missed());

        assertThat(there.holds()).hasSize(1);
    }

    /** Nor is the name told by its hold's line in the log. */
    @Test
    void aSecretInTheNamesFieldIsNotWritten() throws Exception {
        OneNode here = new OneNode(Mode.ENFORCE);
        here.guessAt(new LoginName(SampleLogins.SCANNER_SECRET));
        here.writer.close();

        assertThat(here.holds()).hasSize(1);
        assertThat(here.store.holds().lasting(MONDAY)).isEmpty();
    }

    @Test
    void whatIsClearedBeforeItIsWrittenIsNotWritten() throws Exception {
        OneNode here = new OneNode(Mode.ENFORCE);
        HoldWriter slow = new HoldWriter(here.store.holds(), Mode.ENFORCE, clock, nanos::get);
        slow.holdBegan(new Hold(HoldKind.DISTRIBUTED, ADA.value(), 1, PROMISED), attemptFrom(BOT, ADA, "guess"));
        slow.forget(Held.name(ADA));
        slow.close();

        assertThat(here.store.holds().lasting(MONDAY)).isEmpty();
    }
}

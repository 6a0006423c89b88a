package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Account;
import postern.credentials.Change.Missed;
import postern.credentials.LoginName;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

class SnapshotsTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final LoginName ALIAS = new LoginName("a.lovelace@example.org");

    private final SampleStore store = SampleStore.with(SCANNER);
    private final AtomicReference<Duration> silence = new AtomicReference<>(Duration.ZERO);
    private final Snapshots snapshots = SampleDecision.snapshots(store.credentials(), silence::get);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theStoreIsAskedOnceForEach() throws Exception {
        snapshots.of(ADA);
        store.database().close();

        assertThat(snapshots.of(ADA).orElseThrow().appPassword(SCANNER_ID)).contains(SCANNER);
    }

    /** C-06, B-04 */
    @Test
    void whoeverInventsNamesAsksTheStoreForNone() throws Exception {
        assertThat(snapshots.of(BOB)).isEmpty();
        store.database().close();

        assertThat(snapshots.of(BOB)).isEmpty();
        assertThat(snapshots.of(new LoginName("nobody@example.org"))).isEmpty();
        assertThatThrownBy(() -> snapshots.of(ADA)).isInstanceOf(StoreUnavailableException.class);
    }

    /** C-05 */
    @Test
    void whoComesLaterIsKnownAtOnce() throws Exception {
        store.feed().listen(snapshots::heard);
        assertThat(snapshots.of(BOB)).isEmpty();
        assertThat(snapshots.of(ALIAS)).isEmpty();

        store.accounts().add(Account.person(BOB, MONDAY), ROOT);
        store.accounts().addAlias(ADA, ALIAS, ROOT);

        assertThat(snapshots.of(BOB)).isPresent();
        assertThat(snapshots.of(ALIAS)).isPresent();
    }

    @Test
    void whileNamesCannotBeReadNobodyKnows() {
        store.database().close();

        assertThatThrownBy(() -> snapshots.of(BOB)).isInstanceOf(StoreUnavailableException.class);
    }

    /** B-04 */
    @Test
    void noChangeOfAnAccountLetsInventedNamesReachTheStore() throws Exception {
        store.feed().listen(snapshots::heard);
        snapshots.of(BOB);
        store.accounts().revise(ADA, one -> one.withEnabled(false), ROOT);
        store.accounts().addAlias(ADA, ALIAS, ROOT);
        store.accounts().removeAlias(ADA, ALIAS, ROOT);
        store.database().close();

        assertThat(snapshots.of(BOB)).isEmpty();
    }

    @Test
    void aNameThatLeadsNowhereAnyMoreIsAskedForOnceAndMayComeBack() throws Exception {
        store.feed().listen(snapshots::heard);
        snapshots.of(BOB);
        store.accounts().addAlias(ADA, ALIAS, ROOT);
        store.accounts().removeAlias(ADA, ALIAS, ROOT);
        assertThat(snapshots.of(ALIAS)).isEmpty();

        store.accounts().addAlias(ADA, ALIAS, ROOT);
        assertThat(snapshots.of(ALIAS)).isPresent();

        store.accounts().removeAlias(ADA, ALIAS, ROOT);
        assertThat(snapshots.of(ALIAS)).isEmpty();
        store.database().close();
        assertThat(snapshots.of(ALIAS)).isEmpty();
    }

    /** B-04 */
    @Test
    void allWhoBringInventedNamesAfterChangesWereMissedWaitForOneReading() throws Exception {
        BlockingQueue<Runnable> readings = new LinkedBlockingQueue<>();
        Snapshots waiting = SampleDecision.snapshots(store, readings::add);
        waiting.heard(new Missed());

        List<CompletableFuture<Boolean>> all = Stream.of("one", "two", "three")
                .map(name -> CompletableFuture.supplyAsync(() -> isKnown(waiting, name), Thread::startVirtualThread))
                .toList();
        Runnable reading = readings.take();
        assertThat(all).noneMatch(CompletableFuture::isDone);
        reading.run();

        assertThat(all).allSatisfy(each -> assertThat(each.join()).isFalse());
        assertThat(readings).isEmpty();
    }

    private static boolean isKnown(Snapshots snapshots, String name) {
        try {
            return snapshots.of(new LoginName(name + "@example.org")).isPresent();
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasMissedIsReadAgain() throws Exception {
        snapshots.of(ADA);
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);
        assertThat(snapshots.of(ADA).orElseThrow().appPasswords())
                .as("not heard of")
                .isNotEmpty();

        snapshots.heard(new Missed());

        assertThat(snapshots.of(ADA).orElseThrow().appPasswords()).isEmpty();
    }

    /** C-03 */
    @Test
    void aNodeThatHearsNothingGoesOnForAWhileAndThenForNobody() throws Exception {
        snapshots.of(ADA);
        store.database().close();

        assertThat(snapshots.mayBeBehind()).isFalse();
        silence.set(SampleDecision.DOUBT.plusMillis(1));
        assertThat(snapshots.mayBeBehind()).isTrue();

        silence.set(SampleDecision.GRACE);
        assertThat(snapshots.of(ADA)).isPresent();

        silence.set(SampleDecision.GRACE.plusSeconds(1));
        assertThatThrownBy(() -> snapshots.of(ADA))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("out of reach for 901 s (expected: at most 900 s)");
    }

    /** C-03: fail closed. */
    @Test
    void withoutGraceNobodyIsLetInWithoutTheStoreAndASlowMomentIsNone() throws Exception {
        Snapshots strict = SampleDecision.snapshots(
                store.credentials(), new Hearing(silence::get, SampleDecision.DOUBT, Duration.ZERO));

        silence.set(SampleDecision.DOUBT);
        assertThat(strict.of(ADA)).isPresent();

        silence.set(SampleDecision.DOUBT.plusMillis(1));
        assertThatThrownBy(() -> strict.of(ADA)).isInstanceOf(StoreUnavailableException.class);
    }
}

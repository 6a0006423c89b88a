package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Account;
import postern.credentials.Change.Missed;
import postern.credentials.LoginName;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

class SnapshotsTest {

    private static final LoginName BOB = new LoginName("bob@example.org");

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
        LoginName alias = new LoginName("a.lovelace@example.org");
        assertThat(snapshots.of(BOB)).isEmpty();
        assertThat(snapshots.of(alias)).isEmpty();

        store.accounts().add(Account.person(BOB, MONDAY), ROOT);
        store.accounts().addAlias(ADA, alias, ROOT);

        assertThat(snapshots.of(BOB)).isPresent();
        assertThat(snapshots.of(alias)).isPresent();
    }

    @Test
    void whileNamesCannotBeReadTheStoreIsAskedForEach() {
        store.database().close();

        assertThatThrownBy(() -> snapshots.of(BOB)).isInstanceOf(StoreUnavailableException.class);
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

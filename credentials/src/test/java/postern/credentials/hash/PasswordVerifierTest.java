package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.typed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPasswordId;
import postern.credentials.ClientGoneException;
import postern.credentials.PresentedSecret;
import postern.credentials.SampleLogins;
import postern.credentials.hash.RecentMatches.Kept;
import postern.credentials.hash.RecentMatches.Match;

class PasswordVerifierTest {

    private static final Duration KEEP = Duration.ofHours(12);
    private static final Duration IDLE = Duration.ofHours(4);

    private final AtomicReference<Instant> now = new AtomicReference<>(SampleLogins.MONDAY);
    private final HashingPool pool = hashingPool();
    private final RecentMatches matches = new RecentMatches(KEEP, KEEP, 100, now::get, this::nanos);
    private final PasswordVerifier verifier = new PasswordVerifier(CHEAP_HASHER, pool, PROCESS_KEY, matches);

    @AfterEach
    void close() {
        pool.close();
    }

    /** C-08 */
    @Test
    void twoHundredAtOnceWithOneSecretShareOneArgon2() {
        List<CompletableFuture<Boolean>> logins = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> login(SCANNER_SECRET), Thread::startVirtualThread))
                .limit(200)
                .toList();

        assertThat(logins).allSatisfy(login -> assertThat(login.join()).isTrue());
        assertThat(pool.done()).isOne();
    }

    /** C-08, B-07 */
    @Test
    void whoHasLeftSpoilsNothingForThoseWhoWaitedWithThem() {
        CompletableFuture<String> busy = new CompletableFuture<>();
        CompletableFuture<Void> leaves = new CompletableFuture<>();
        pool.submit(Turn.of(Lane.FAMILIAR), new CompletableFuture<>(), busy::join);
        pool.submit(Turn.of(Lane.FAMILIAR), new CompletableFuture<>(), busy::join);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(
                () -> verifier.proves(typed(SCANNER_SECRET), SCANNER, hashOf(SCANNER), Turn.of(Lane.STRANGER), leaves),
                Thread::startVirtualThread);
        await().until(() -> pool.waiting() == 1);
        CompletableFuture<Boolean> second =
                CompletableFuture.supplyAsync(() -> login(SCANNER_SECRET), Thread::startVirtualThread);

        leaves.complete(null);
        assertThatThrownBy(first::join).hasCauseInstanceOf(ClientGoneException.class);
        busy.complete("done");

        assertThat(second.join()).isTrue();
    }

    @Test
    void aNoIsNotRemembered() {
        assertThat(login(WRONG_SECRET)).isFalse();
        assertThat(login(WRONG_SECRET)).isFalse();
        assertThat(pool.done()).isEqualTo(2);
    }

    /** C-07 */
    @Test
    void aYesIsRememberedForAWhile() {
        login(SCANNER_SECRET);
        assertThat(login(SCANNER_SECRET)).isTrue();
        assertThat(pool.done()).isOne();

        now.set(now.get().plus(KEEP).plusMillis(1));
        assertThat(login(SCANNER_SECRET)).isTrue();
        assertThat(pool.done()).isEqualTo(2);
    }

    /** C-07 */
    @Test
    void aYesThatNobodyAsksForIsForgottenSooner() {
        RecentMatches quick = new RecentMatches(KEEP, IDLE, 100, now::get, this::nanos);
        login(quick, SCANNER_SECRET);
        for (int i = 0; i < 3; i++) {
            now.set(now.get().plus(IDLE).minusMillis(1));
            login(quick, SCANNER_SECRET);
        }
        assertThat(pool.done()).isOne();

        now.set(now.get().plus(IDLE).plusMillis(1));
        login(quick, SCANNER_SECRET);
        assertThat(pool.done()).isEqualTo(2);
        assertThat(quick.size()).isOne();
    }

    /** C-07 */
    @Test
    void nothingIsRememberedWhenThatIsOff() {
        RecentMatches off = new RecentMatches(Duration.ZERO, IDLE, 100, now::get, this::nanos);

        assertThat(login(off, SCANNER_SECRET)).isTrue();
        assertThat(login(off, SCANNER_SECRET)).isTrue();

        assertThat(pool.done()).isEqualTo(2);
        assertThat(off.size()).isZero();
    }

    /** C-07 */
    @Test
    void whatGoesForWantOfRoomIsCounted() {
        RecentMatches small = new RecentMatches(KEEP, IDLE, 1, now::get, this::nanos);
        for (int i = 1; i <= 3; i++) {
            Match match = new Match(new AppPasswordId("apw_phone%011d".formatted(i)), new Fingerprint(new byte[] {1}));
            small.restore(new Kept(match, now.get().plus(KEEP)));
        }

        await().untilAsserted(() -> assertThat(small.evictions()).isEqualTo(2));
    }

    private boolean login(RecentMatches remembered, String typed) {
        return new PasswordVerifier(CHEAP_HASHER, pool, PROCESS_KEY, remembered)
                .proves(typed(typed), SCANNER, hashOf(SCANNER), Turn.of(Lane.STRANGER), new CompletableFuture<>());
    }

    private boolean login(String typed) {
        PresentedSecret secret = typed(typed);
        return verifier.proves(secret, SCANNER, hashOf(SCANNER), Turn.of(Lane.STRANGER), new CompletableFuture<>());
    }

    private long nanos() {
        return Duration.between(SampleLogins.MONDAY, now.get()).toNanos();
    }
}

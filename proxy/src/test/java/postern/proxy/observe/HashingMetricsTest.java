package postern.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.typed;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import postern.credentials.Proof;
import postern.credentials.SampleStore;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.Lane;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.hash.Turn;
import postern.credentials.login.ImportedLeft;

/** What proving secrets costs, and what is spared. */
class HashingMetricsTest {

    private final Metrics metrics = new Metrics();

    /** B-06 */
    @Test
    void tellsHowBusyHashingIsAndWhatItTakes() {
        CompletableFuture<String> underWay = new CompletableFuture<>();
        CompletableFuture<Void> stays = new CompletableFuture<>();
        try (HashingPool pool = new HashingPool(1, 9, Duration.ofMinutes(1), Ticker.systemTicker())) {
            metrics.hashing(pool, new HashingCost(19_456, 2));
            assertThat(series("postern_hashing_native_bytes ")).containsExactly("postern_hashing_native_bytes 0.0");

            for (int i = 0; i < 3; i++) {
                var _ = pool.submit(Turn.of(Lane.FAMILIAR), stays, underWay::join);
            }
            await().until(() -> pool.running() == 1 && pool.waiting() == 2);

            assertThat(series("postern_hashing_waiting ")).containsExactly("postern_hashing_waiting 2.0");
            assertThat(series("postern_hashing_running ")).containsExactly("postern_hashing_running 1.0");
            assertThat(series("postern_hashing_native_bytes "))
                    .containsExactly("postern_hashing_native_bytes 1.9922944E7");
            underWay.complete("done");
        }
    }

    /** I-03 */
    @Test
    void countsTheImportedOnesThatAreLeft() throws Exception {
        try (SampleStore store = SampleStore.with(SCANNER)) {
            ImportedLeft left = new ImportedLeft(store.credentials());
            metrics.imported(left::last);
            store.credentials()
                    .revise(
                            ADA,
                            SCANNER_ID,
                            one -> one.withProof(new Proof.Imported("mailcow:17", "{SSHA256}x")),
                            ROOT);

            left.look();

            assertThat(series("postern_imported_app_passwords"))
                    .containsExactlyInAnyOrder(
                            "postern_imported_app_passwords{used=\"no\"} 1.0",
                            "postern_imported_app_passwords{used=\"yes\"} 0.0");
        }
    }

    /** C-07 */
    @Test
    void countsTheArgon2sThatARecentMatchSpared() {
        RecentMatches matches = new RecentMatches(
                Duration.ofHours(1), Duration.ofHours(1), 10, InstantSource.fixed(MONDAY), Ticker.systemTicker());
        metrics.recentMatches(matches);
        assertThat(series("postern_recent_matches_total")).hasSize(2).allMatch(line -> line.endsWith(" 0.0"));

        try (HashingPool pool = hashingPool()) {
            PasswordVerifier verifier = new PasswordVerifier(CHEAP_HASHER, pool, PROCESS_KEY, matches);
            for (int i = 0; i < 3; i++) {
                verifier.proves(
                        typed(SCANNER_SECRET),
                        SCANNER,
                        hashOf(SCANNER),
                        Turn.of(Lane.STRANGER),
                        new CompletableFuture<>());
            }
        }

        assertThat(series("postern_recent_matches_total"))
                .containsExactlyInAnyOrder(
                        "postern_recent_matches_total{result=\"hit\"} 2.0",
                        "postern_recent_matches_total{result=\"miss\"} 1.0");
        assertThat(series("postern_recent_matches_kept ")).containsExactly("postern_recent_matches_kept 1.0");
        assertThat(series("postern_recent_matches_evicted_total "))
                .containsExactly("postern_recent_matches_evicted_total 0.0");
    }

    private List<String> series(String start) {
        return metrics.scrape("text/plain")
                .lines()
                .filter(line -> line.startsWith(start))
                .toList();
    }
}

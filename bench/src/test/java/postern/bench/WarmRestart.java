package postern.bench;

import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.attemptFrom;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.hash.KeyRing;
import postern.credentials.hash.RecentMatches;
import postern.credentials.hash.WarmStart;

/** T-7: ten thousand phones that come back after a restart. */
final class WarmRestart implements Bench {

    private static final int ACCOUNTS = 250;
    private static final int PHONES = ACCOUNTS * People.MOST_PER_ACCOUNT;
    private static final double LEAST_PERCENT = 99;
    private static final Duration MAX_AGE = Duration.ofMinutes(15);

    @Override
    public List<Figure> measure() throws Exception {
        try (SampleStore store = SampleStore.with();
                StoreFile folder = StoreFile.create()) {
            for (int i = 0; i < ACCOUNTS; i++) {
                List<Integer> numbers = People.numbers(i * People.MOST_PER_ACCOUNT, People.MOST_PER_ACCOUNT);
                People.join(store, People.name(i), numbers, CHEAP_HASHER);
            }
            WarmStart warmStart = new WarmStart(
                    folder.folder().resolve("warm-start"),
                    KeyRing.of(new byte[32]),
                    MAX_AGE,
                    InstantSource.fixed(MONDAY),
                    new SecureRandom());
            return restart(store, warmStart, folder);
        }
    }

    private static List<Figure> restart(SampleStore store, WarmStart warmStart, StoreFile folder) throws Exception {
        RecentMatches before = RunningDecision.recentMatches(Ticker.systemTicker());
        long cold = hashedByAll(store, PROCESS_KEY, before);
        Meter start = Meter.read();
        warmStart.seal(PROCESS_KEY, before);
        Meter sealed = Meter.read().since(start);
        long bytes = Files.size(folder.folder().resolve("warm-start"));

        RecentMatches after = RunningDecision.recentMatches(Ticker.systemTicker());
        start = Meter.read();
        FingerprintKey key = warmStart.open(after).orElseThrow();
        Meter opened = Meter.read().since(start);
        long warm = hashedByAll(store, key, after);
        return List.of(
                Figure.exactly("Argon2 runs of 10,000 first logins", PHONES, cold),
                Figure.atLeast(
                        "of 10,000 after a restart, let in without",
                        LEAST_PERCENT,
                        100.0 * (PHONES - warm) / PHONES,
                        " %"),
                Figure.told("CPU to seal 10,000 recent matches", sealed.cpuMillis(), " ms"),
                Figure.told("CPU to open them", opened.cpuMillis(), " ms"),
                Figure.told("size of the file", bytes / 1024.0, " KiB"));
    }

    /** All log in; how many Argon2 runs that took. */
    private static long hashedByAll(SampleStore store, FingerprintKey key, RecentMatches matches)
            throws StoreUnavailableException {
        RunningDecision decision =
                RunningDecision.of(store, Ticker.systemTicker(), CHEAP_HASHER, key, matches, same -> same);
        for (int i = 0; i < PHONES; i++) {
            var outcome = decision.decides(
                    attemptFrom(People.address(i), People.name(i / People.MOST_PER_ACCOUNT), People.secret(i)));
            if (!(outcome instanceof Accepted)) {
                throw new IllegalStateException("login: " + outcome + " (expected: accepted)");
            }
        }
        decision.hashing().close();
        return decision.hashing().done();
    }
}

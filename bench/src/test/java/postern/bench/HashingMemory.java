package postern.bench;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.store.SqliteDatabase;

/**
 * B-01: what 64 first logins at once take of memory outside the heap. The heap is touched beforehand, and the hashes
 * are made in another JVM, so that this one has not hashed at that cost before.
 */
final class HashingMemory implements Bench {

    private static final int AT_ONCE = 64;
    private static final double MIB_OF_ONE = 19;
    private static final double MOST_TIMES = 1.5;
    private static final Duration PREPARING = Duration.ofSeconds(30);

    @Override
    public List<Figure> measure() throws Exception {
        try (StoreFile file = StoreFile.create()) {
            ChildJvm.run(PREPARING, List.of(), Prepare.class, file.path().toString());
            try (RunningDecision decision = RunningDecision.of(
                    SampleStore.on(SqliteDatabase.open(file.path())),
                    Ticker.systemTicker(),
                    RunningDecision.REAL_HASHER,
                    one -> one.withLogins(Thread::startVirtualThread))) {
                return logIn(decision);
            }
        }
    }

    private static List<Figure> logIn(RunningDecision decision) throws Exception {
        for (int i = 0; i < AT_ONCE; i++) {
            decision.decides(SampleLogins.attemptFrom(People.address(i), People.name(i), SampleLogins.WRONG_SECRET));
        }
        System.gc();
        double before = Machine.memoryMib("VmRSS");
        List<CompletableFuture<LoginOutcome>> logins = IntStream.range(0, AT_ONCE)
                .mapToObj(i ->
                        decision.asks(SampleLogins.attemptFrom(People.address(i), People.name(i), People.secret(i))))
                .toList();
        long accepted = logins.stream()
                .filter(login -> login.join() instanceof Accepted)
                .count();
        double grown = Machine.memoryMib("VmHWM") - before;
        double most = Machine.CORES * MIB_OF_ONE * MOST_TIMES;
        return List.of(
                Figure.exactly("accepted of 64 different first logins at once", AT_ONCE, accepted),
                Figure.atMost("memory of the process, grown at most by", most, grown, " MiB"),
                Figure.told("before", before, " MiB"));
    }

    /** Makes the accounts. */
    static final class Prepare {

        private Prepare() {}

        public static void main(String[] file) throws Exception {
            try (SampleStore store = SampleStore.on(SqliteDatabase.open(Path.of(file[0])))) {
                People.join(store, AT_ONCE, RunningDecision.REAL_HASHER);
            }
        }
    }
}

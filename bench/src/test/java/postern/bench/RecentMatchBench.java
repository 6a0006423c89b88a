package postern.bench;

import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.adaWith;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.typed;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.PresentedSecret;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.hash.Lane;
import postern.credentials.hash.Turn;

/** The verifier alone, and the whole decision around it: the secret read, the account, the lockout, the last use. */
@BenchmarkMode(Mode.Throughput)
@Threads(2)
@State(Scope.Benchmark)
public class RecentMatchBench {

    private static final CompletableFuture<Void> STAYS = new CompletableFuture<>();

    private final PresentedSecret secret = typed(SCANNER_SECRET);
    private final RunningDecision decision = RunningDecision.of(
            SampleStore.with(SCANNER), Ticker.systemTicker(), SampleLogins.CHEAP_HASHER, same -> same);

    @Setup
    public void provenLately() {
        if (!(decision.decides(adaWith(SCANNER_SECRET)) instanceof Accepted)) {
            throw new IllegalStateException("not accepted");
        }
    }

    @Benchmark
    public boolean prove() {
        return decision.verifier().proves(secret, SCANNER, hashOf(SCANNER), Turn.of(Lane.FAMILIAR), STAYS);
    }

    @Benchmark
    public LoginOutcome logIn() {
        return decision.decides(adaWith(SCANNER_SECRET));
    }

    @TearDown
    public void close() {
        decision.close();
    }
}

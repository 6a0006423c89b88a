package postern.bench;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;

/** C-08: a client opens many connections at once, with a secret that nobody here has seen yet. */
final class FirstLogins implements Bench {

    private static final int AT_ONCE = 200;

    @Override
    public List<Figure> measure() throws Exception {
        SampleStore store = SampleStore.with();
        People.join(store, 1, RunningDecision.REAL_HASHER);
        try (RunningDecision decision = RunningDecision.of(
                store,
                Ticker.systemTicker(),
                RunningDecision.REAL_HASHER,
                one -> one.withLogins(Thread::startVirtualThread))) {
            List<CompletableFuture<LoginOutcome>> logins = Stream.generate(() -> decision.asks(
                            SampleLogins.attemptFrom(People.address(0), People.name(0), People.secret(0))))
                    .limit(AT_ONCE)
                    .toList();
            long accepted = logins.stream()
                    .filter(login -> login.join() instanceof Accepted)
                    .count();
            return List.of(
                    Figure.exactly("accepted of 200 first logins at once", AT_ONCE, accepted),
                    Figure.exactly("their Argon2 runs", 1, decision.hashing().done()));
        }
    }
}

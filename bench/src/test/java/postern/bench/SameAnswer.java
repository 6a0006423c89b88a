package postern.bench;

import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.attemptFrom;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Protocol;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.Scope;
import postern.credentials.StoreUnavailableException;
import postern.credentials.login.AnswerGrid;
import postern.credentials.store.SqliteDatabase;

/**
 * L-12, T-9: whoever is refused cannot tell by the clock what for. On the real grid with a short step, with a real
 * timer; those of all kinds come in turns, each from a place of its own.
 */
final class SameAnswer implements Bench {

    private static final int TRIES = 2_000;
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Pace PACE = new Pace(200);
    private static final double MOST_MILLIS = 2;

    private enum Kind {
        UNKNOWN_NAME(Reason.NO_MATCH, 0),
        WRONG_SECRET(Reason.NO_MATCH, 0),
        OTHER_PROTOCOL(Reason.OTHER_PROTOCOL, 1),
        EXPIRED(Reason.EXPIRED, 2),
        HELD(Reason.HELD, 3),
        DISABLED(Reason.ACCOUNT_DISABLED, 4);

        private final Reason reason;
        private final int own;

        Kind(Reason reason, int own) {
            this.reason = reason;
            this.own = own;
        }

        /** The account that such a one has to itself, beyond those of {@link #WRONG_SECRET}. */
        int person() {
            return TRIES + own;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private record Told(Kind kind, long nanos) {}

    private final RandomGenerator random = new SplittableRandom(4);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Told> took = new ConcurrentLinkedQueue<>();
    private final Queue<String> others = new ConcurrentLinkedQueue<>();
    private int addresses;

    @Override
    public List<Figure> measure() throws Exception {
        AnswerGrid grid = new AnswerGrid(
                STEP,
                Ticker.systemTicker(),
                (delay, task) -> timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        try (StoreFile file = StoreFile.create();
                RunningDecision decision = RunningDecision.of(
                        SampleStore.on(SqliteDatabase.open(file.path())),
                        Ticker.systemTicker(),
                        RunningDecision.REAL_HASHER,
                        one -> one.withGrid(grid, Ticker.systemTicker()).withLogins(Thread::startVirtualThread))) {
            prepare(decision);
            List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
            Random order = new Random(5);
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            PACE.hold(Duration.ofSeconds(TRIES / PACE.perSecond()).plusMillis(1), i -> {
                Collections.shuffle(kinds, order);
                kinds.forEach(kind -> answers.add(ask(decision, kind, i)));
            });
            answers.forEach(CompletableFuture::join);
            return figures();
        } finally {
            timer.shutdownNow();
        }
    }

    private void prepare(RunningDecision decision) throws StoreUnavailableException {
        SampleStore store = decision.store();
        People.join(store, TRIES, SampleLogins.CHEAP_HASHER);
        for (Kind kind : List.of(Kind.OTHER_PROTOCOL, Kind.EXPIRED, Kind.HELD, Kind.DISABLED)) {
            int person = kind.person();
            People.join(store, People.name(person), List.of(person), RunningDecision.REAL_HASHER);
        }
        limit(store, Kind.OTHER_PROTOCOL, Scope.UNLIMITED.withProtocols(Set.of(Protocol.SMTP)));
        limit(store, Kind.EXPIRED, Scope.UNLIMITED.withExpiresAt(Optional.of(MONDAY.minusSeconds(60))));
        store.accounts().revise(People.name(Kind.DISABLED.person()), one -> one.withEnabled(false), ROOT);
        for (int i = 0; i < 12; i++) {
            decision.decides(guess(People.name(Kind.HELD.person())));
        }
    }

    private static void limit(SampleStore store, Kind kind, Scope scope) throws StoreUnavailableException {
        int person = kind.person();
        store.credentials().revise(People.name(person), People.id(person), one -> one.withScope(_ -> scope), ROOT);
    }

    private CompletableFuture<Void> ask(RunningDecision decision, Kind kind, int number) {
        var attempt = switch (kind) {
            case UNKNOWN_NAME -> guess(new LoginName("invented" + number + "@example.org"));
            case WRONG_SECRET -> guess(People.name(number));
            case HELD -> guess(People.name(kind.person()));
            case OTHER_PROTOCOL, EXPIRED, DISABLED ->
                attemptFrom(nextAddress(), People.name(kind.person()), People.secret(kind.person()));
        };
        long began = System.nanoTime();
        return decision.asks(attempt).thenAccept(outcome -> {
            took.add(new Told(kind, System.nanoTime() - began));
            if (!(outcome instanceof Denied(Reason reason, var _) && reason == kind.reason)) {
                others.add(kind + ": " + outcome);
            }
        });
    }

    private LoginAttempt guess(LoginName name) {
        return attemptFrom(nextAddress(), name, People.guess(random));
    }

    private String nextAddress() {
        return People.address(addresses++);
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Spread spread = Spread.of(took.stream()
                    .filter(told -> told.kind() == kind)
                    .map(Told::nanos)
                    .toList());
            medians.add(spread.medianMillis());
            figures.add(Figure.told(
                    "median of %,d answers to: %s".formatted(spread.sorted().size(), kind),
                    spread.medianMillis(),
                    " ms"));
        }
        figures.add(Figure.atMost(
                "between any two medians", MOST_MILLIS, Collections.max(medians) - Collections.min(medians), " ms"));
        figures.add(Figure.exactly("answers that were another denial, or none", 0, others.size()));
        others.stream().limit(3).forEach(other -> figures.add(Figure.told("for example", other)));
        return figures;
    }
}

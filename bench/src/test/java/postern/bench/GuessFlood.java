package postern.bench;

import static postern.credentials.SampleLogins.attemptFrom;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.SampleStore;
import postern.credentials.login.AnswerGrid;
import postern.credentials.store.SqliteDatabase;

/**
 * B-04, T-2: what twenty thousand guesses a second, from a thousand addresses, do to those who log in meanwhile. Quiet
 * and flooded turns alternate and are cut into short windows, and those in which something else took much of the
 * machine tell nothing of us. What all together came to is told too.
 */
final class GuessFlood implements Bench {

    private static final int FAMILIAR = 100;
    private static final int ADDRESSES = 1_000;
    private static final int TURNS = 4;
    private static final Pace LOGINS = new Pace(1_000);
    private static final Pace GUESSES = new Pace(20_000);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final Duration GRID = Duration.ofSeconds(2);
    private static final double MOST_TIMES = 2;

    private final RandomGenerator random = new SplittableRandom(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @Override
    public List<Figure> measure() throws Exception {
        AnswerGrid grid = new AnswerGrid(
                GRID,
                Ticker.systemTicker(),
                (delay, task) -> timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        try (StoreFile file = StoreFile.create();
                SampleStore store = SampleStore.on(SqliteDatabase.open(file.path()))) {
            People.join(store, FAMILIAR, RunningDecision.REAL_HASHER);
            RunningDecision decision = RunningDecision.of(
                    store,
                    Ticker.systemTicker(),
                    RunningDecision.REAL_HASHER,
                    one -> one.withGrid(grid, Ticker.systemTicker()).withLogins(Thread::startVirtualThread));
            return flood(decision);
        } finally {
            timer.shutdownNow();
        }
    }

    private List<Figure> flood(RunningDecision decision) {
        for (int i = 0; i < FAMILIAR; i++) {
            logIn(decision, i).join();
        }
        long hashed = decision.hashing().done();
        turn(decision, GuessFlood::known, GUESSES, new FloodTurns()); // until all is compiled
        rest();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(flood(decision, "at names that exist", GuessFlood::known));
        figures.addAll(flood(decision, "at invented names", i -> new LoginName("invented" + i + "@example.org")));
        figures.add(Figure.exactly(
                "Argon2 runs of both floods", 0, decision.hashing().done() - hashed));
        decision.hashing().close();
        return figures;
    }

    private List<Figure> flood(RunningDecision decision, String what, IntFunction<LoginName> names) {
        FloodTurns quiet = new FloodTurns();
        FloodTurns flooded = new FloodTurns();
        for (int i = 0; i < TURNS; i++) {
            turn(decision, names, new Pace(0), quiet);
            turn(decision, names, GUESSES, flooded);
            rest();
        }
        return List.of(
                Figure.told("guesses " + what, (double) flooded.guesses() / (TURNS * TURN.toSeconds()), "/s"),
                Figure.told("p99 of a familiar login, all in all", both(quiet.p99(), flooded.p99(), "ms")),
                Figure.told("windows that others left to us", both(quiet.calm(), flooded.calm(), "")),
                Figure.told("p99 in these", both(quiet.calmP99(), flooded.calmP99(), "ms")),
                quiet.isTelling() && flooded.isTelling()
                        ? Figure.atMost("flooded, times quiet", MOST_TIMES, flooded.calmP99() / quiet.calmP99(), "")
                        : Figure.told("flooded, times quiet", "others were too busy to tell"),
                Figure.told("CPU of one guess, guesser included", cpuOfOne(quiet, flooded), " µs"));
    }

    private static String both(double quiet, double flooded, String unit) {
        return "quiet %s, flooded %s %s"
                .formatted(Figure.number(quiet), Figure.number(flooded), unit)
                .strip();
    }

    private static double cpuOfOne(FloodTurns quiet, FloodTurns flooded) {
        return (flooded.cpuMillis() - quiet.cpuMillis()) * 1e3 / flooded.guesses();
    }

    private void turn(RunningDecision decision, IntFunction<LoginName> names, Pace guesses, FloodTurns to) {
        Queue<FloodTurns.Login> logins = new ConcurrentLinkedQueue<>();
        List<Others> marks = new ArrayList<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        Meter before = Meter.read();
        CompletableFuture<Integer> guessed = CompletableFuture.supplyAsync(
                () -> guesses.hold(TURN, i -> guess(decision, names.apply(i), i)),
                task -> Thread.ofPlatform().daemon().name("guesser").start(task));
        LOGINS.hold(TURN, i -> {
            if (i % FloodTurns.WINDOW == 0) {
                marks.add(Others.read());
            }
            answers.add(logIn(decision, i).thenAccept(took -> logins.add(new FloodTurns.Login(i, took))));
        });
        answers.forEach(CompletableFuture::join);
        marks.add(Others.read());
        to.add(logins, marks, guessed.join(), Meter.read().since(before));
    }

    private static LoginName known(int number) {
        return People.name(number % FAMILIAR);
    }

    private void guess(RunningDecision decision, LoginName name, int number) {
        int address = number % ADDRESSES;
        decision.asks(attemptFrom("127.0." + address / 250 + "." + (1 + address % 250), name, People.guess(random)));
    }

    /** How long it took. */
    private static CompletableFuture<Long> logIn(RunningDecision decision, int number) {
        int person = number % FAMILIAR;
        long began = System.nanoTime();
        return decision.asks(attemptFrom("203.0.113." + person, People.name(person), People.secret(person)))
                .thenApply(outcome -> {
                    if (!(outcome instanceof Accepted)) {
                        throw new IllegalStateException("login: " + outcome + " (expected: accepted)");
                    }
                    return System.nanoTime() - began;
                });
    }

    /** Until the answers to the last guesses are told: nothing else is left of a flood. */
    private static void rest() {
        new Pace(0).hold(GRID.plusMillis(500), _ -> {});
    }
}

package postern.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import postern.bench.doors.Client;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;

/** Good logins at a door while others there are wrong, all at a pace of their own: nobody waits for anybody. */
final class DoorCrowd {

    private static final Pace GOOD = new Pace(50);
    private static final int PATIENCE_SECONDS = 15;

    /**
     * What became of the good ones.
     *
     * @param answered how long each took, from connecting to the answer
     * @param failed how many were refused, cut off, or still not answered after a while
     * @param guesses how many wrong ones there were beside them
     */
    record Outcome(Spread answered, int failed, int guesses) {}

    private final Clients clients;
    private final DoorVisits visits;
    private final Door door;
    private final IntFunction<String> addresses;
    private final RandomGenerator random = RandomGenerator.of("SplittableRandom");

    /** @param addresses of the good ones */
    DoorCrowd(Clients clients, DoorVisits visits, Door door, IntFunction<String> addresses) {
        this.clients = clients;
        this.visits = visits;
        this.door = door;
        this.addresses = addresses;
    }

    /** @param guessers their addresses; the names they guess at are people's */
    Outcome come(Duration time, Pace guesses, IntFunction<String> guessers) {
        Collection<Long> took = new ConcurrentLinkedQueue<>();
        Collection<CompletableFuture<Void>> all = new ConcurrentLinkedQueue<>();
        CompletableFuture<Integer> guessed = CompletableFuture.supplyAsync(
                () -> guesses.hold(time, i -> start(() -> guess(i, guessers.apply(i)))),
                task -> Thread.ofPlatform().daemon().start(task));
        GOOD.hold(time, i -> all.add(start(() -> took.add(logIn(i)))));
        AtomicInteger failed = new AtomicInteger();
        for (CompletableFuture<Void> one : all) {
            await(one, failed);
        }
        return new Outcome(Spread.of(took), failed.get(), guessed.join());
    }

    private static CompletableFuture<Void> start(Runnable visit) {
        return CompletableFuture.runAsync(visit, Thread::startVirtualThread);
    }

    private static void await(CompletableFuture<Void> one, AtomicInteger failed) {
        try {
            one.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException _) {
            failed.incrementAndGet();
        }
    }

    /** Nanoseconds until the answer. */
    private long logIn(int number) {
        long began = System.nanoTime();
        Client client = visits.enter(door, number, addresses.apply(number));
        long took = System.nanoTime() - began;
        client.logout();
        return took;
    }

    private void guess(int number, String address) {
        Client client = clients.connect(door.port(), address);
        client.login(People.name(number % visits.people()).value(), People.guess(random));
        client.close();
    }
}

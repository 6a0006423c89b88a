package postern.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import postern.bench.doors.Client;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;

/**
 * Who comes to a door, several at once.
 *
 * @param people who they are: the first so many, in turns
 */
record DoorVisits(Clients clients, int people) {

    private static final int AT_ONCE = 16;
    private static final int ADDRESSES = 4_000;
    private static final int WARM_UP_ROUND = 1_000;
    private static final int WARM_UP_ROUNDS = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    /** Until all that is to be compiled is: so many logins, and fewer where there is no time for them. */
    void warmUp(Door door) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < WARM_UP_ROUNDS && System.nanoTime() - began < WARM_UP.toNanos(); i++) {
            logIns(door, WARM_UP_ROUND);
        }
    }

    /** Connects, logs in and leaves, so many times. */
    void logIns(Door door, int count) throws Exception {
        logIns(door, 0, count);
    }

    /** The same, and who comes first has that number. */
    void logIns(Door door, int from, int count) throws Exception {
        repeat(count, i -> enter(door, from + i).logout());
    }

    /** Who stay. */
    List<Client> enter(Door door, int from, int count) throws Exception {
        Collection<Client> entered = new ConcurrentLinkedQueue<>();
        repeat(count, i -> entered.add(enter(door, from + i)));
        return List.copyOf(entered);
    }

    /** Each comes from an address of its own, as long as there are some. */
    Client enter(Door door, int number) {
        return enter(door, number, address(number));
    }

    Client enter(Door door, int number, String address) {
        int person = number % people;
        Client client = clients.connect(door.port(), address);
        if (!client.login(People.name(person).value(), People.secret(person))) {
            throw new IllegalStateException(door + ": not let in");
        }
        return client;
    }

    /** Of this machine. */
    static String address(int number) {
        int address = number % ADDRESSES;
        return "127.100." + address / 250 + "." + (1 + address % 250);
    }

    /** Fails with the first that fails. */
    private static void repeat(int count, Step step) throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(visitors.submit(() -> {
                    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        step.take(number);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** What one visitor does. */
    private interface Step {

        void take(int number);
    }
}

package postern.bench;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.credentials.PasswordHash;
import postern.credentials.PresentedSecret;
import postern.credentials.SampleLogins;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.KeyRing;

/**
 * Logins that Postern has to hash for, beside the same number of hashes and nothing else, in turns. Such logins go a way
 * of their own, so it is warmed up by itself: what the compiler takes for it is taken once, and not by each.
 */
final class DoorFirstLogins implements Bench {

    private static final int KNOWN = 100;
    private static final int WARM_UP_ROUND = 100;
    private static final int WARM_UP_ROUNDS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final int TURNS = 4;
    private static final int LOGINS = 100;
    private static final double MOST_TIMES = 1.1;
    private static final Duration TIME = Duration.ofSeconds(60);

    private final Argon2Hasher hasher =
            new Argon2Hasher(KeyRing.of(new byte[32]), Residents.REAL_COST, new SecureRandom());

    @Override
    public List<Figure> measure() throws Exception {
        int warm = KNOWN + WARM_UP_ROUNDS * WARM_UP_ROUND;
        int people = warm + TURNS * LOGINS;
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, people);
            Door postern = house.openPostern();
            new DoorVisits(clients, KNOWN).warmUp(postern);
            DoorVisits first = new DoorVisits(clients, people);
            warmUp(postern, first);
            List<Long> hashes = new ArrayList<>();
            List<Long> logins = new ArrayList<>();
            long began = System.nanoTime();
            for (int i = 0; i < TURNS && (i == 0 || System.nanoTime() - began < TIME.toNanos()); i++) {
                hashes.add(hashes());
                double before = postern.cpuSeconds();
                first.logIns(postern, warm + i * LOGINS, LOGINS);
                logins.add(Math.round((postern.cpuSeconds() - before) * 1e9));
            }
            double hash = Spread.of(hashes).medianMillis() / LOGINS;
            double login = Spread.of(logins).medianMillis() / LOGINS;
            return List.of(
                    Figure.told("CPU of 1,000 Argon2 runs", hash, " s"),
                    Figure.told("CPU of 1,000 first logins by TLS 1.3", login, " s"),
                    Figure.atMost("a first login, times an Argon2 run", MOST_TIMES, login / hash, ""));
        }
    }

    /** As often as there is time for. */
    private static void warmUp(Door postern, DoorVisits first) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < WARM_UP_ROUNDS && System.nanoTime() - began < WARM_UP.toNanos(); i++) {
            first.logIns(postern, KNOWN + i * WARM_UP_ROUND, WARM_UP_ROUND);
        }
    }

    /** Nanoseconds of CPU for as many, on all cores, as Postern hashes. */
    private long hashes() throws Exception {
        long cpu = 0;
        try (ExecutorService cores = Executors.newFixedThreadPool(Machine.CORES)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < LOGINS; i++) {
                PresentedSecret secret = SampleLogins.typed(People.secret(i));
                all.add(cores.submit(() -> hash(secret)));
            }
            for (Future<Long> one : all) {
                cpu += one.get();
            }
        }
        return cpu;
    }

    private long hash(PresentedSecret secret) {
        long before = Meter.threadCpuNanos();
        PasswordHash hash = hasher.hash(secret.letters(), SampleLogins.ADA, SampleLogins.SCANNER_ID);
        if (hash.toString().isEmpty()) {
            throw new IllegalStateException("no hash");
        }
        return Meter.threadCpuNanos() - before;
    }
}

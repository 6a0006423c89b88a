package postern.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import postern.bench.doors.Client;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;

/** The shortest command: its round trip on one session by itself, and what it takes on many at once. */
final class DoorNoops implements Bench {

    private static final int PEOPLE = 64;
    private static final int EACH = 500;
    private static final int ALONE = 3_000;
    private static final int WARM_UP = 2_000;
    private static final int TURNS = 5;
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final String NOOP = "NOOP";
    private static final Compared COMPARED = new Compared("HAProxy", 1.1, 1);

    private final Map<Door, List<Client>> sessions = new HashMap<>();
    private final Map<String, List<Long>> alone = new LinkedHashMap<>();

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PEOPLE);
            List<Door> doors = new ArrayList<>(house.openPeers(Peer.HAPROXY, Peer.NGINX));
            doors.add(house.openPostern());
            DoorVisits visits = new DoorVisits(clients, PEOPLE);
            for (Door door : doors) {
                sessions.put(door, visits.enter(door, 0, PEOPLE));
                atOnce(door, WARM_UP);
            }
            CpuTurns turns = new CpuTurns(doors);
            turns.take(TURNS, TIME, door -> atOnce(door, EACH));
            new CpuTurns(doors)
                    .take(
                            TURNS,
                            TIME,
                            door -> alone.computeIfAbsent(door.name(), _ -> new ArrayList<>())
                                    .addAll(at(door).getFirst()
                                            .repeat(NOOP, ALONE)
                                            .join()));
            List<Figure> figures = turns.figures("CPU of a NOOP, 64 sessions", 1e6 / PEOPLE / EACH, " µs", COMPARED);
            figures.addAll(COMPARED.figures(
                    "p50 of its round trip alone", List.copyOf(alone.keySet()), door -> median(door) * 1e3, " µs"));
            return figures;
        }
    }

    private double median(String door) {
        return Spread.of(Objects.requireNonNull(alone.get(door))).medianMillis();
    }

    private List<Client> at(Door door) {
        return Objects.requireNonNull(sessions.get(door));
    }

    private void atOnce(Door door, int each) {
        List<CompletableFuture<List<Long>>> all =
                at(door).stream().map(client -> client.repeat(NOOP, each)).toList();
        all.forEach(CompletableFuture::join);
    }
}

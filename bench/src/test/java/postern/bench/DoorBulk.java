package postern.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import postern.bench.doors.Client;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;

/** Messages of a mebibyte, towards the client and from it. */
final class DoorBulk implements Bench {

    private static final int SESSIONS = 8;
    private static final int EACH = 40;
    private static final int MESSAGE_BYTES = 1 << 20;
    private static final int TURNS = 5;
    private static final double TURNS_PER_GIGABYTE = 1e9 / MESSAGE_BYTES / EACH / SESSIONS;
    private static final Duration TIME = Duration.ofSeconds(40);
    private static final Compared COMPARED = new Compared("HAProxy", 1, 0.9);

    private final ByteBuf message = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(MESSAGE_BYTES).writerIndex(MESSAGE_BYTES).asReadOnly());
    private final Map<Door, List<Client>> sessions = new HashMap<>();

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, SESSIONS);
            List<Door> doors = new ArrayList<>(house.openPeers(Peer.HAPROXY, Peer.NGINX));
            doors.add(house.openPostern());
            DoorVisits visits = new DoorVisits(clients, SESSIONS);
            for (Door door : doors) {
                sessions.put(door, visits.enter(door, 0, SESSIONS));
            }
            List<Figure> figures = new ArrayList<>();
            figures.addAll(measure(doors, "FETCH", client -> client.say("FETCH 1 BODY[]")));
            figures.addAll(measure(doors, "APPEND", client -> client.append(message)));
            return figures;
        }
    }

    private List<Figure> measure(List<Door> doors, String what, Consumer<Client> one) throws Exception {
        for (Door door : doors) {
            onEach(door, one); // until all is compiled
        }
        CpuTurns turns = new CpuTurns(doors);
        turns.take(TURNS, TIME, door -> onEach(door, one));
        return turns.figures("CPU of " + what + " of 1 MiB, for a GB", TURNS_PER_GIGABYTE, " s", COMPARED);
    }

    private void onEach(Door door, Consumer<Client> one) throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Client client : Objects.requireNonNull(sessions.get(door))) {
                all.add(people.submit(() -> {
                    for (int i = 0; i < EACH; i++) {
                        one.accept(client);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }
}

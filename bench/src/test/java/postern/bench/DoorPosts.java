package postern.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;
import postern.bench.doors.Phone;

/** Phones that are connected, each asking and being answered 4 KiB, one after the other. */
final class DoorPosts implements Bench {

    private static final int PHONES = 64;
    private static final int EACH = 250;
    private static final int TURNS = 5;
    private static final Duration TIME = Duration.ofSeconds(90);

    private final Map<Door, List<Phone>> phones = new HashMap<>();

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PHONES);
            List<Door> doors = new ArrayList<>(house.openPeers(Peer.HAPROXY_HTTPS, Peer.NGINX_HTTPS));
            doors.add(house.openPosternForHttps());
            for (Door door : doors) {
                List<Phone> there = new DoorPhones(clients, PHONES).connect(door, PHONES);
                DoorPhones.warmUp(there);
                phones.put(door, there);
            }
            CpuTurns turns = new CpuTurns(doors);
            turns.take(TURNS, TIME, door -> DoorPhones.post(Objects.requireNonNull(phones.get(door)), EACH));
            return turns.figures(
                    "CPU of 1,000 POSTs of 4 KiB", 1e6 / PHONES / EACH, " ms", new Compared("nginx", 3, 1.5));
        }
    }
}

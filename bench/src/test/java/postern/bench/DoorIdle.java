package postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import postern.bench.doors.Client;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;

/** People who wait for mail, each with a TLS session here and a session with the mailbox there. */
final class DoorIdle implements Bench {

    private static final int PEOPLE = 100;
    private static final int SESSIONS = 9_000;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int MUST_KIB = 20;
    private static final int AIM_KIB = 16;

    /** Of a door, besides two for each session. */
    private static final int OTHER_DESCRIPTORS = 1_000;

    @Override
    public List<Figure> measure() throws Exception {
        int sessions = Math.min(SESSIONS, (descriptors() - OTHER_DESCRIPTORS) / 2);
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PEOPLE);
            DoorVisits visits = new DoorVisits(clients, PEOPLE);
            List<Figure> figures = new ArrayList<>();
            for (Door door : house.openPeers(Peer.HAPROXY, Peer.NGINX)) {
                double before = door.memoryKib();
                List<Client> idle = idle(visits, door, sessions);
                figures.add(Figure.told(what(sessions, door), (door.memoryKib() - before) / sessions, " KiB"));
                idle.forEach(Client::close);
            }
            figures.addAll(postern(visits, house.openPostern(PosternMemory.HEAP), sessions));
            return figures;
        }
    }

    private static List<Figure> postern(DoorVisits visits, Door door, int sessions) throws Exception {
        visits.warmUp(door);
        PosternMemory before = PosternMemory.of(door);
        idle(visits, door, sessions);
        return PosternMemory.of(door).figures(before, what(sessions, door), sessions, MUST_KIB, AIM_KIB);
    }

    private static String what(int sessions, Door door) {
        return "memory for one of %,d idle sessions: %s".formatted(sessions, door);
    }

    private static List<Client> idle(DoorVisits visits, Door door, int sessions) throws Exception {
        List<Client> all = visits.enter(door, 0, sessions);
        all.forEach(Client::idle);
        return all;
    }

    private static int descriptors() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .flatMap(line -> NUMBER.matcher(line).results())
                .mapToInt(found -> Integer.parseInt(found.group()))
                .findFirst()
                .orElseThrow();
    }
}

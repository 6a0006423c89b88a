package postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import postern.bench.doors.Client;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;

/**
 * People who wait for mail, each with a TLS session here and a session with the mailbox there. The heap of Postern is
 * resident from the start and does not grow: what lives on it is added to what the rest of the process grew by.
 */
final class DoorIdle implements Bench {

    private static final int PEOPLE = 100;
    private static final int SESSIONS = 9_000;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int MUST_KIB = 20;
    private static final int AIM_KIB = 16;
    private static final String[] HEAP = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"};

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
            figures.addAll(postern(visits, house.openPostern(HEAP), sessions));
            return figures;
        }
    }

    private static List<Figure> postern(DoorVisits visits, Door door, int sessions) throws Exception {
        visits.warmUp(door);
        long liveBefore = liveHeapKib(door);
        double before = door.memoryKib();
        idle(visits, door, sessions);
        double heap = (double) (liveHeapKib(door) - liveBefore) / sessions;
        double rest = (door.memoryKib() - before) / sessions;
        return List.of(
                Figure.told("of that, live on the heap", heap, " KiB"),
                Figure.aimedAtMost(what(sessions, door), MUST_KIB, AIM_KIB, heap + rest, " KiB"));
    }

    private static String what(int sessions, Door door) {
        return "memory for one of %,d idle sessions: %s".formatted(sessions, door);
    }

    private static List<Client> idle(DoorVisits visits, Door door, int sessions) throws Exception {
        List<Client> all = visits.enter(door, 0, sessions);
        all.forEach(Client::idle);
        return all;
    }

    /** After a full collection; what jcmd says last is: Total, how many objects, how many bytes. */
    private static long liveHeapKib(Door door) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(door.pid()), "GC.class_histogram").start();
        String total;
        try (Stream<String> lines = asked.inputReader().lines()) {
            total = lines.reduce("", (_, last) -> last.isBlank() ? "" : last);
        }
        if (!asked.waitFor(10, TimeUnit.SECONDS) || !total.startsWith("Total")) {
            throw new IOException("jcmd said: " + total + " (expected: a total)");
        }
        return number(total, 1) / 1024;
    }

    private static int descriptors() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .mapToInt(line -> (int) number(line, 0))
                .findFirst()
                .orElseThrow();
    }

    private static long number(String line, int which) {
        return NUMBER.matcher(line)
                .results()
                .skip(which)
                .mapToLong(found -> Long.parseLong(found.group()))
                .findFirst()
                .orElseThrow();
    }
}

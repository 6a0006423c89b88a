package postern.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;

/**
 * What the first logins after a start take, until nothing is slow because it is new. Postern knows its people by a warm
 * start. The AOT cache is made by a run of the same: {@code ./postern} has none of its own yet.
 */
final class DoorStart implements Bench {

    private static final int PEOPLE = 100;
    private static final int LOGINS = 500;
    private static final int TURNS = 3;
    private static final Compared COMPARED = new Compared("nginx", 2, 1);

    /** How a door is opened. */
    private interface Opening {

        Door open() throws Exception;
    }

    /** Of one start: CPU of the start, and CPU and time of the logins, in nanoseconds. */
    private final Map<String, List<Long>> starts = new LinkedHashMap<>();

    private final Map<String, List<Long>> cpu = new LinkedHashMap<>();
    private final Map<String, List<Long>> time = new LinkedHashMap<>();

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PEOPLE);
            DoorVisits visits = new DoorVisits(clients, PEOPLE);
            Path cache = house.folder().resolve("postern.aot");
            try (Door trained = house.openPostern("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:aot*=off")) {
                visits.warmUp(trained); // the clients, too
            }
            for (int i = 0; i < TURNS; i++) {
                if (Peer.NGINX.isInstalled()) {
                    visit(visits, "nginx", () -> house.openPeers(Peer.NGINX).getFirst());
                }
                visit(visits, "Postern without AOT cache", house::openPostern);
                visit(visits, "Postern", () -> house.openPostern("-XX:AOTCache=" + cache));
            }
            return figures(Files.size(cache));
        }
    }

    private void visit(DoorVisits visits, String name, Opening opening) throws Exception {
        try (Door door = opening.open()) {
            double atStart = door.cpuSeconds();
            long began = System.nanoTime();
            visits.logIns(door, LOGINS);
            note(time, name, System.nanoTime() - began);
            note(starts, name, Math.round(atStart * 1e9));
            note(cpu, name, Math.round((door.cpuSeconds() - atStart) * 1e9));
        }
    }

    private static void note(Map<String, List<Long>> to, String name, long nanos) {
        to.computeIfAbsent(name, _ -> new ArrayList<>()).add(nanos);
    }

    private List<Figure> figures(long cacheBytes) {
        List<Figure> figures = new ArrayList<>();
        starts.keySet()
                .forEach(name -> figures.add(Figure.told("CPU of a start: " + name, median(starts, name), " ms")));
        List<String> names = List.copyOf(cpu.keySet());
        figures.addAll(COMPARED.figures("CPU of the first 500 logins", names, name -> median(cpu, name), " ms"));
        figures.addAll(COMPARED.figures("time of the first 500 logins", names, name -> median(time, name), " ms"));
        figures.add(Figure.told("size of the AOT cache", cacheBytes / 1024.0 / 1024, " MiB"));
        return figures;
    }

    private static double median(Map<String, List<Long>> of, String name) {
        return Spread.of(Objects.requireNonNull(of.get(name))).medianMillis();
    }
}

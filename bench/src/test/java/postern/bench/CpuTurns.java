package postern.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import postern.bench.doors.Door;

/**
 * What doors take for the same work, in turns, so that whatever else the machine does falls on all alike. CPU of their
 * processes is what is compared: client and mailbox are processes of their own.
 */
final class CpuTurns {

    private final List<Door> doors;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    CpuTurns(List<Door> doors) {
        this.doors = List.copyOf(doors);
    }

    /** So many turns, and fewer if there is no time for them; one at least. */
    void take(int turns, Duration time, Work work) throws Exception {
        long began = System.nanoTime();
        for (int turn = 0; turn == 0 || (turn < turns && System.nanoTime() - began < time.toNanos()); turn++) {
            for (Door door : doors) {
                double before = door.cpuSeconds();
                work.at(door);
                seconds.computeIfAbsent(door.name(), _ -> new ArrayList<>()).add(door.cpuSeconds() - before);
            }
        }
    }

    /** Of the median turn. */
    private double secondsOf(String door) {
        List<Double> sorted =
                seconds.getOrDefault(door, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** @param each from the seconds of a turn to what is told */
    List<Figure> figures(String what, double each, String unit, Compared compared) {
        return compared.figures(what, List.copyOf(seconds.keySet()), door -> secondsOf(door) * each, unit);
    }

    /** The same at each door. */
    interface Work {

        void at(Door door) throws Exception;
    }
}

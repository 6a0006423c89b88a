package postern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import postern.bench.doors.Door;

/**
 * What Postern holds. Its heap is resident from the start and does not grow: what lives on it is added to what the rest
 * of the process grew by.
 *
 * @param heapKib of that, live
 * @param processKib resident, the heap included, whole
 */
record PosternMemory(double heapKib, double processKib) {

    /** It is started with these. */
    static final String[] HEAP = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"};

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    static PosternMemory of(Door door) throws IOException, InterruptedException {
        return new PosternMemory(liveHeapKib(door), door.memoryKib());
    }

    /** Of so many things that came since. */
    List<Figure> figures(PosternMemory before, String what, int many, int mustKib, int aimKib) {
        double heap = (heapKib - before.heapKib) / many;
        double rest = (processKib - before.processKib) / many;
        return List.of(
                Figure.told("of that, live on the heap", heap, " KiB"),
                Figure.aimedAtMost(what, mustKib, aimKib, heap + rest, " KiB"));
    }

    /** After a full collection; what jcmd says last is: Total, how many objects, how many bytes. */
    private static double liveHeapKib(Door door) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(door.pid()), "GC.class_histogram").start();
        String total;
        try (Stream<String> lines = asked.inputReader().lines()) {
            total = lines.reduce("", (_, last) -> last.isBlank() ? "" : last);
        }
        if (!asked.waitFor(10, TimeUnit.SECONDS) || !total.startsWith("Total")) {
            throw new IOException("jcmd said: " + total + " (expected: a total)");
        }
        return NUMBER.matcher(total)
                        .results()
                        .skip(1)
                        .mapToLong(found -> Long.parseLong(found.group()))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }
}

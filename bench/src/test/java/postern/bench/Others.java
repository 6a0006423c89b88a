package postern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the machine has done so far, and what of it was done for this process and for those it started and saw end. A
 * run in which others took more than a little is to be repeated.
 *
 * @param all in ticks of the kernel, idle ones included
 */
record Others(long all, long busy, long own) {

    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int COUNTED = 8;

    /** In what comes behind the name of the process: CPU of its own and of its children, by user and by system. */
    private static final int OWN_FROM = 11;

    private static final int OWN_TO = 15;

    static Others read() {
        try {
            return parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Others parse() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/stat"));
        long[] ticks = numbers(lines.getFirst().substring("cpu".length()), 0, COUNTED);
        String self = Files.readString(Path.of("/proc/self/stat"));
        long own = LongStream.of(numbers(self.substring(self.lastIndexOf(") ") + 2), OWN_FROM, OWN_TO))
                .sum();
        long all = LongStream.of(ticks).sum();
        return new Others(all, all - ticks[IDLE] - ticks[WAITING], own);
    }

    /** How much of the machine others took since then. */
    double shareSince(Others earlier) {
        double others = (double) (busy - earlier.busy) - (own - earlier.own);
        return others / Math.max(1, all - earlier.all);
    }

    private static long[] numbers(String text, int from, int to) {
        return Stream.of(text.strip().split("\\s+"))
                .skip(from)
                .limit(to - from)
                .mapToLong(number -> number.matches("[0-9]+") ? Long.parseLong(number) : 0)
                .toArray();
    }
}

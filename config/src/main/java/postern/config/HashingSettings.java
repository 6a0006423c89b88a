package postern.config;

import java.time.Duration;

/**
 * How much Argon2 may run at once, how many logins may wait for it, and what one costs.
 *
 * @param threads already counted: never 0
 * @param mostMemoryMib of all threads together
 */
public record HashingSettings(int threads, int queue, Duration patience, int memoryKib, int passes, int mostMemoryMib) {

    private static final int KIB_OF_A_MIB = 1024;

    static HashingSettings from(Section in) {
        int written = in.number("threads", 0, 1024);
        int threads = written == 0 ? Runtime.getRuntime().availableProcessors() : written;
        HashingSettings settings = new HashingSettings(
                threads,
                in.number("queue", 1, 100_000),
                in.duration("patience", Duration.ofMillis(100), Duration.ofMinutes(1)),
                in.number("memory-kib", 19_456, 1_048_576),
                in.number("passes", 2, 20),
                in.number("most-memory-mib", 19, 1_048_576));
        int needed = Math.ceilDiv(threads * settings.memoryKib(), KIB_OF_A_MIB);
        if (settings.mostMemoryMib() < needed) {
            in.mistake("most-memory-mib", needed + " or more, for " + threads + " threads of memory-kib each");
        }
        return settings;
    }
}

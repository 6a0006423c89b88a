package postern.config;

import java.time.Duration;

/**
 * How much Argon2 may run at once, how many logins may wait for it, and what one costs.
 *
 * @param threads already counted: never 0
 */
public record HashingSettings(int threads, int queue, Duration patience, int memoryKib, int passes) {

    static HashingSettings from(Section in) {
        int threads = in.number("threads", 0, 1024);
        return new HashingSettings(
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                in.number("queue", 1, 100_000),
                in.duration("patience", Duration.ofMillis(100), Duration.ofMinutes(1)),
                in.number("memory-kib", 19_456, 1_048_576),
                in.number("passes", 2, 20));
    }
}

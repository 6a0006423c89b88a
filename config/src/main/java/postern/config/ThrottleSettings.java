package postern.config;

import java.time.Duration;

/** How patient we are: free misses, then a delay that doubles up to a ceiling. */
public record ThrottleSettings(
        int freeMisses, Duration firstDelay, Duration longestDelay, Duration forgetAfter, long mostSuspects) {

    static ThrottleSettings from(Section in) {
        Duration longestDelay = in.duration("longest-delay", Duration.ofSeconds(1), Duration.ofMinutes(10));
        return new ThrottleSettings(
                in.number("free-misses", 1, 100),
                in.duration("first-delay", Duration.ofSeconds(1), longestDelay),
                longestDelay,
                in.duration("forget-after", Duration.ofMinutes(1), Duration.ofDays(1)),
                in.longNumber("most-suspects", 1000, 10_000_000));
    }
}

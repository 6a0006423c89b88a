package postern.config;

import java.time.Duration;

/** For how long, and for how many, a proven secret is not hashed again. */
public record RecentMatchSettings(Duration keep, long most) {

    static RecentMatchSettings from(Section in) {
        return new RecentMatchSettings(
                in.duration("keep", Duration.ofMinutes(1), Duration.ofDays(7)), in.longNumber("most", 1, 10_000_000));
    }
}

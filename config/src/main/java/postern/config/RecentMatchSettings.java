package postern.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * For how long, and for how many, a proven secret is not hashed again.
 *
 * @param keep zero: each is hashed
 * @param idle for how long when nobody comes with it
 * @param warmStartFile where a graceful stop leaves them for the next start
 * @param warmStartAge how old that may be; zero for never
 */
public record RecentMatchSettings(Duration keep, Duration idle, long most, Path warmStartFile, Duration warmStartAge) {

    static RecentMatchSettings from(Section in) {
        return new RecentMatchSettings(
                in.durationOrZero("keep", Duration.ofMinutes(1), Duration.ofDays(7)),
                in.duration("idle", Duration.ofMinutes(1), Duration.ofDays(7)),
                in.longNumber("most", 1, 10_000_000),
                in.path("warm-start-file"),
                in.duration("warm-start-age", Duration.ZERO, Duration.ofHours(1)));
    }
}

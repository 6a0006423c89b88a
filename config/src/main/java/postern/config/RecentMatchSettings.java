package postern.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * For how long, and for how many, a proven secret is not hashed again.
 *
 * @param warmStartFile where a graceful stop leaves them for the next start
 * @param warmStartAge how old that may be; zero for never
 */
public record RecentMatchSettings(Duration keep, long most, Path warmStartFile, Duration warmStartAge) {

    static RecentMatchSettings from(Section in) {
        return new RecentMatchSettings(
                in.duration("keep", Duration.ofMinutes(1), Duration.ofDays(7)),
                in.longNumber("most", 1, 10_000_000),
                in.path("warm-start-file"),
                in.duration("warm-start-age", Duration.ZERO, Duration.ofHours(1)));
    }
}

package postern.config;

import java.time.Duration;

/**
 * How we stop.
 *
 * @param grace for those connected; zero cuts them off
 */
public record ShutdownSettings(Duration grace) {

    static ShutdownSettings from(Section in) {
        return new ShutdownSettings(in.duration("grace", Duration.ZERO, Duration.ofMinutes(10)));
    }
}

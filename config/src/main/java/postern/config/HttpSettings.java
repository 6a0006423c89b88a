package postern.config;

import java.time.Duration;
import java.util.List;

/**
 * What listeners of HTTP pass on, and how much of it.
 *
 * @param paths besides that of ActiveSync, each with what lies below it
 * @param mostRequestBytes 0: however much
 * @param longestAnswer from the request to the end of its answer
 * @param keepAlive how long a connection may rest between two requests
 */
public record HttpSettings(
        boolean activeSync, List<String> paths, long mostRequestBytes, Duration longestAnswer, Duration keepAlive) {

    static HttpSettings from(Section in) {
        return new HttpSettings(
                in.yes("active-sync"),
                in.list(
                        "paths",
                        "a path such as /dav, of letters, digits, - and ., without a / at its end, and not that of"
                                + " ActiveSync or of client set-up",
                        HttpSettings::mayBePassedOn),
                in.number("most-request-mib", 1, 1_024) * 1024L * 1024L,
                in.duration("longest-answer", Duration.ofSeconds(10), Duration.ofHours(6)),
                in.duration("keep-alive", Duration.ofSeconds(1), Duration.ofHours(1)));
    }

    private static boolean mayBePassedOn(String path) {
        return path.matches("(/[A-Za-z0-9-][A-Za-z0-9.-]*)+")
                && !path.matches("(?i)/(microsoft-server-activesync|autodiscover|mail|setup|portal|v1)(/.*)?");
    }
}

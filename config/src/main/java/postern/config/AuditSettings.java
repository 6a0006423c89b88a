package postern.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of decisions and changes.
 *
 * @param keepAddresses for how long it is kept where they came from
 * @param linesFile takes each event as a line of JSON, too
 */
public record AuditSettings(String node, Duration keep, Duration keepAddresses, Optional<Path> linesFile) {

    static AuditSettings from(Section in) {
        return new AuditSettings(
                in.text("node", "a name of at most 60 characters, without spaces", AuditSettings::isName),
                in.duration("keep", Duration.ofDays(1), Duration.ofDays(3650)),
                in.duration("keep-addresses", Duration.ofDays(1), Duration.ofDays(3650)),
                in.optionalPath("json-lines-file"));
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z0-9._-]{1,60}");
    }
}

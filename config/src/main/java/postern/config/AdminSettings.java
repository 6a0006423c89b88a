package postern.config;

import java.time.Duration;

/**
 * The HTTP interface for administrators.
 *
 * @param requestsPerMinute of one caller
 * @param tokenLife for how long a token works of which nobody says otherwise
 * @param mostTokenLife for how long any does
 */
public record AdminSettings(
        boolean enabled, String address, int port, int requestsPerMinute, Duration tokenLife, Duration mostTokenLife) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    static AdminSettings from(Section in) {
        AdminSettings admin = new AdminSettings(
                in.yes("enabled"),
                in.address("address"),
                in.number("port", 0, 65_535),
                in.number("requests-per-minute", 1, 1_000_000),
                in.duration("token-life", SHORTEST, LONGEST),
                in.duration("most-token-life", SHORTEST, LONGEST));
        if (admin.tokenLife.compareTo(admin.mostTokenLife) > 0) {
            in.mistake("token-life", "at most most-token-life");
        }
        if (admin.enabled) {
            in.claim(admin.address, admin.port);
        }
        return admin;
    }
}

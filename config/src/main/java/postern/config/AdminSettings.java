package postern.config;

import java.nio.file.Path;

/** The HTTP interface for administrators. */
public record AdminSettings(boolean enabled, String address, int port, Path tokenFile, int requestsPerMinute) {

    static AdminSettings from(Section in) {
        AdminSettings admin = new AdminSettings(
                in.yes("enabled"),
                in.address("address"),
                in.number("port", 0, 65_535),
                in.path("token-file"),
                in.number("requests-per-minute", 1, 1_000_000));
        if (admin.enabled) {
            in.claim(admin.address, admin.port);
        }
        return admin;
    }
}

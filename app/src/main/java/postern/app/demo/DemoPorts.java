package postern.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The demo's doors, side by side with their numbers. Moved together, so that a second demo fits
 * beside the first.
 */
record DemoPorts(
        int imap,
        int imaps,
        int pop3,
        int pop3s,
        int submission,
        int submissions,
        int devices,
        int https,
        int admin,
        int management) {

    static DemoPorts shifted(int by) {
        return new DemoPorts(
                1143 + by, 1993 + by, 1110 + by, 1995 + by, 1587 + by, 1465 + by, 1025 + by, 8443 + by, 8444 + by,
                9464 + by);
    }

    /** A line for each port that somebody else has; none when all are free. */
    String taken() {
        StringBuilder taken = new StringBuilder();
        named().forEach((name, port) -> {
            if (!isFree(port)) {
                taken.append("port ")
                        .append(port)
                        .append(" (")
                        .append(name)
                        .append(") is taken")
                        .append(PortOwner.of(port).map(owner -> " by " + owner).orElse(""))
                        .append('\n');
            }
        });
        return taken.toString();
    }

    private Map<String, Integer> named() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("imap", imap);
        ports.put("imaps", imaps);
        ports.put("pop3", pop3);
        ports.put("pop3s", pop3s);
        ports.put("submission", submission);
        ports.put("submissions", submissions);
        ports.put("devices", devices);
        ports.put("https", https);
        ports.put("admin API", admin);
        ports.put("health and metrics", management);
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}

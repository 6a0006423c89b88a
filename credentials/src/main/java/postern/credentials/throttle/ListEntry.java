package postern.credentials.throttle;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/**
 * A line of the operator's allow or deny list: a network, a name, or a name from a network.
 *
 * @param author who wrote it, for whoever reads the list next year; empty when nobody said
 * @param hard for a denial that no allowance lifts
 */
public record ListEntry(
        Optional<SourceNetwork> network,
        Optional<LoginName> name,
        String reason,
        String author,
        Optional<Instant> until,
        boolean hard) {

    public ListEntry {
        if (network.isEmpty() && name.isEmpty()) {
            throw new IllegalArgumentException("entry: neither network nor name (expected: one of them, or both)");
        }
    }

    boolean covers(LoginName who, InetAddress client, Instant now) {
        return until.map(now::isBefore).orElse(true)
                && name.map(who::equals).orElse(true)
                && network.map(one -> one.contains(client)).orElse(true);
    }
}

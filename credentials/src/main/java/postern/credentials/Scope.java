package postern.credentials;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where and when an app password is good for something. Policy may narrow it, never widen.
 *
 * @param networks from where; empty: from anywhere
 * @param expiresAt empty when it lives until it is revoked
 */
public record Scope(
        Set<Protocol> protocols,
        List<SourceNetwork> networks,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Sending sending,
        DevicePin pin) {

    private static final int MOST_NETWORKS = 16;

    /** All protocols, from anywhere, from now on. */
    public static final Scope UNLIMITED =
            new Scope(Protocol.ALL, List.of(), Optional.empty(), Optional.empty(), Sending.UNLIMITED, DevicePin.OFF);

    public Scope {
        protocols = Set.copyOf(protocols);
        networks = networks.stream().distinct().toList();
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("protocols: none (expected: at least one of " + Protocol.ALL + ")");
        }
        if (networks.size() > MOST_NETWORKS) {
            throw new IllegalArgumentException(
                    "networks: " + networks.size() + " (expected: at most " + MOST_NETWORKS + ")");
        }
        if (notBefore.isPresent() && expiresAt.isPresent() && !expiresAt.get().isAfter(notBefore.get())) {
            throw new IllegalArgumentException(
                    "expires_at: " + expiresAt.get() + " (expected: after not_before, " + notBefore.get() + ")");
        }
    }

    public Scope withProtocols(Set<Protocol> others) {
        return new Scope(others, networks, notBefore, expiresAt, sending, pin);
    }

    public Scope withNetworks(List<SourceNetwork> others) {
        return new Scope(protocols, others, notBefore, expiresAt, sending, pin);
    }

    public Scope withExpiresAt(Optional<Instant> other) {
        return new Scope(protocols, networks, notBefore, other, sending, pin);
    }

    public Scope withNotBefore(Optional<Instant> other) {
        return new Scope(protocols, networks, other, expiresAt, sending, pin);
    }

    public Scope withSending(Sending other) {
        return new Scope(protocols, networks, notBefore, expiresAt, other, pin);
    }

    public Scope withPin(DevicePin other) {
        return new Scope(protocols, networks, notBefore, expiresAt, sending, other);
    }

    public boolean covers(InetAddress client) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(client));
    }

    public boolean hasExpiredAt(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}

package postern.credentials.issue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import postern.credentials.DevicePin;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.Sending;
import postern.credentials.SourceNetwork;

/**
 * What is asked for. Never the secret: nobody chooses that.
 *
 * @param protocols empty: all that policy allows a person, and SMTP for a device
 */
public record Order(
        LoginName owner,
        String name,
        Optional<Set<Protocol>> protocols,
        List<SourceNetwork> networks,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Sending sending,
        DevicePin.Mode pin) {

    /** One without limits of its own. */
    public static Order of(LoginName owner, String name) {
        return new Order(
                owner,
                name,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Sending.UNLIMITED,
                DevicePin.Mode.OFF);
    }

    public Order withProtocols(Set<Protocol> wanted) {
        return new Order(owner, name, Optional.of(wanted), networks, notBefore, expiresAt, sending, pin);
    }

    public Order withNetworks(List<SourceNetwork> wanted) {
        return new Order(owner, name, protocols, wanted, notBefore, expiresAt, sending, pin);
    }

    public Order withNotBefore(Optional<Instant> wanted) {
        return new Order(owner, name, protocols, networks, wanted, expiresAt, sending, pin);
    }

    public Order withSending(Sending wanted) {
        return new Order(owner, name, protocols, networks, notBefore, expiresAt, wanted, pin);
    }

    public Order withPin(DevicePin.Mode wanted) {
        return new Order(owner, name, protocols, networks, notBefore, expiresAt, sending, wanted);
    }

    public Order withExpiresAt(Optional<Instant> wanted) {
        return new Order(owner, name, protocols, networks, notBefore, wanted, sending, pin);
    }
}

package postern.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One front door.
 *
 * @param address an IP address, never a name
 * @param port 0 for any free one
 * @param autodetectWait how long one that does not speak may yet begin TLS, where its first bytes tell
 * @param cleartextNetworks from where a password is read before TLS
 * @param loginTimeout how long a client may dawdle before it has logged in
 */
public record ListenerSettings(
        String name,
        DoorProtocol protocol,
        String address,
        int port,
        ListenerTls tls,
        Duration autodetectWait,
        List<String> cleartextNetworks,
        LoginByAddressSettings loginByAddress,
        NameSettings names,
        Duration loginTimeout,
        BeforeLoginSettings beforeLogin,
        int maxConnections,
        int maxConnectionsPerAddress,
        ProxyProtocolSettings proxyProtocol,
        TlsRules tlsRules) {

    public InetSocketAddress bind() {
        return new InetSocketAddress(address, port);
    }

    /** Nothing if it is switched off; its mistakes are told all the same. */
    static Optional<ListenerSettings> from(Section in) {
        ListenerSettings listener = new ListenerSettings(
                in.name(),
                in.choice("protocol", DoorProtocol.values()),
                in.address("address"),
                in.number("port", 0, 65_535),
                tls(in),
                in.duration("autodetect-wait", Duration.ofMillis(100), Duration.ofSeconds(30)),
                cleartextNetworks(in),
                LoginByAddressSettings.from(
                        in.section("login-by-address"), in.choice("protocol", DoorProtocol.values())),
                NameSettings.from(in.section("names")),
                in.duration("login-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                BeforeLoginSettings.from(in.section("before-login")),
                in.number("max-connections", 1, 1_000_000),
                in.number("max-connections-per-address", 1, 1_000_000),
                ProxyProtocolSettings.from(in.section("proxy-protocol")),
                TlsRules.from(in.section("tls-rules")));
        if (!in.yes("enabled")) {
            return Optional.empty();
        }
        in.claim(listener.address, listener.port);
        return Optional.of(listener);
    }

    private static ListenerTls tls(Section in) {
        ListenerTls tls = in.choice("tls", ListenerTls.values());
        if (tls != ListenerTls.IMPLICIT && in.choice("protocol", DoorProtocol.values()) == DoorProtocol.HTTP) {
            in.mistake("tls", "implicit, where protocol is http");
        }
        return tls;
    }

    private static List<String> cleartextNetworks(Section in) {
        List<String> networks = in.ownNetworks("cleartext-networks");
        if (!networks.isEmpty() && in.choice("protocol", DoorProtocol.values()) != DoorProtocol.SMTP) {
            in.mistake("cleartext-networks", "none, unless protocol is smtp");
        } else if (!networks.isEmpty() && in.choice("tls", ListenerTls.values()) == ListenerTls.IMPLICIT) {
            in.mistake("cleartext-networks", "none, unless tls is starttls or autodetect");
        }
        return networks;
    }
}

package postern.config;

import java.time.Duration;
import java.util.List;

/**
 * Whose word is taken for where a client comes from.
 *
 * @param from IP addresses and networks in CIDR notation; who connects from there must say it
 * @param timeout for saying it
 * @param extraBytes what may stand behind the addresses
 */
public record ProxyProtocolSettings(List<String> from, Duration timeout, int extraBytes) {

    static ProxyProtocolSettings from(Section in) {
        return new ProxyProtocolSettings(
                in.list("from", "an IP address or a network such as 10.0.0.0/8", Values::isNetwork),
                in.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
                in.number("extra-bytes", 0, 65_535));
    }
}

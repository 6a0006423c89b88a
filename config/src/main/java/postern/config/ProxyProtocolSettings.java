package postern.config;

import java.time.Duration;
import java.util.List;

/**
 * Whose word is taken for where a client comes from.
 *
 * @param from IP addresses and networks in CIDR notation; who connects from there must say it
 * @param timeout for saying it
 */
public record ProxyProtocolSettings(List<String> from, Duration timeout) {

    static ProxyProtocolSettings from(Section in) {
        return new ProxyProtocolSettings(
                in.list("from", "an IP address or a network such as 10.0.0.0/8", Values::isNetwork),
                in.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1)));
    }
}

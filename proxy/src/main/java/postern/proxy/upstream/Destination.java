package postern.proxy.upstream;

import java.net.InetAddress;
import java.util.Optional;
import postern.config.UpstreamDoorSettings;

/**
 * Where one try at an upstream leads.
 *
 * @param host one of the door's
 * @param announced where the client comes from, if it is to be said ahead of everything else
 */
public record Destination(Upstream upstream, UpstreamDoorSettings door, String host, Optional<InetAddress> announced) {

    /** As operators know it. */
    public String at() {
        return host + ":" + door.port();
    }

    /** Where operators set right what is wrong with it. */
    public String section() {
        return "upstreams." + upstream.settings().name();
    }
}

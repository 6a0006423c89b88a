package postern.proxy.upstream;

import postern.config.UpstreamDoorSettings;

/**
 * Where one try at an upstream leads.
 *
 * @param host one of the door's
 */
public record Destination(Upstream upstream, UpstreamDoorSettings door, String host) {

    /** As operators know it. */
    public String at() {
        return host + ":" + door.port();
    }

    /** Where operators set right what is wrong with it. */
    public String section() {
        return "upstreams." + upstream.settings().name();
    }
}

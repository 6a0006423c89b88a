package postern.config;

/** Where an upstream speaks one protocol. */
public record UpstreamDoorSettings(int port, UpstreamTls tls) {

    static UpstreamDoorSettings from(Section in, String host) {
        UpstreamDoorSettings door =
                new UpstreamDoorSettings(in.number("port", 1, 65_535), in.choice("tls", UpstreamTls.values()));
        boolean isPlain = door.tls == UpstreamTls.NONE;
        if (isPlain && !host.isEmpty() && !Values.isThisMachine(host)) {
            in.mistake("tls", "implicit or starttls, since " + host + " is not this machine");
        }
        return door;
    }
}

package postern.config;

import java.util.List;

/**
 * Where an upstream speaks one protocol.
 *
 * @param hosts the one to be preferred first; each has the same mailboxes
 */
public record UpstreamDoorSettings(List<String> hosts, int port, UpstreamTls tls) {

    /** The upstream's own hosts serve where the protocol has none of its own. */
    static UpstreamDoorSettings from(Section in, Section upstream) {
        Section named = in.isEmpty("host") ? upstream : in;
        List<String> hosts = named.oneOrMore(
                "host", "a host name or an IP address, or a list of them", text -> text.matches("[A-Za-z0-9._:-]+"));
        UpstreamDoorSettings door =
                new UpstreamDoorSettings(hosts, in.number("port", 1, 65_535), in.choice("tls", UpstreamTls.values()));
        if (door.tls == UpstreamTls.NONE && in.isInUse() && upstream.isEmptyList("cleartext-networks")) {
            hosts.stream()
                    .filter(host -> !Values.isThisMachine(host))
                    .findFirst()
                    .ifPresent(host -> in.mistake(
                            "tls",
                            "implicit or starttls, or cleartext-networks, since " + host + " is not this machine"));
        }
        named.leadsTo("host", hosts, door.port);
        return door;
    }
}

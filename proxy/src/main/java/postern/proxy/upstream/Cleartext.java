package postern.proxy.upstream;

import java.net.InetAddress;
import java.util.List;
import postern.credentials.SourceNetwork;

/** Where passwords may be said in plain text: on this machine, and in networks that an operator answers for. */
record Cleartext(List<SourceNetwork> networks) {

    static Cleartext of(List<String> networks) {
        return new Cleartext(networks.stream().map(SourceNetwork::parse).toList());
    }

    boolean mayGoTo(InetAddress address) {
        return address.isLoopbackAddress() || networks.stream().anyMatch(network -> network.contains(address));
    }
}

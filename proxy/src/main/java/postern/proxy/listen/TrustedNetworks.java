package postern.proxy.listen;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import postern.config.ListenerSettings;
import postern.config.LoginByAddressSettings;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/**
 * Whom a door trusts with more than others, by the address that they really have: behind a load balancer, the one that it
 * says. A load balancer has no rights of its own. One that does not say for whom it speaks speaks for anybody (trap 34).
 */
public final class TrustedNetworks {

    private final List<SourceNetwork> loadBalancers;
    private final List<SourceNetwork> oldTls;
    private final List<SourceNetwork> inTheClear;
    private final List<SourceNetwork> byAddress;
    private final Optional<LoginByAddress> login;

    public TrustedNetworks(ListenerSettings settings) {
        this.loadBalancers = networks(settings.proxyProtocol().from());
        this.oldTls = networks(settings.tlsRules().legacyNetworks());
        this.inTheClear = networks(settings.cleartextNetworks());
        LoginByAddressSettings known = settings.loginByAddress();
        this.byAddress = networks(known.networks());
        this.login = byAddress.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LoginByAddress(new LoginName(known.account()), new AppPasswordId(known.appPassword())));
    }

    private static List<SourceNetwork> networks(List<String> written) {
        return written.stream().map(SourceNetwork::parse).toList();
    }

    /** Whether who connects from there must say for whom. */
    boolean isLoadBalancer(InetAddress peer) {
        return holds(loadBalancers, peer);
    }

    public Rights of(InetAddress client) {
        return isLoadBalancer(client)
                ? Rights.NONE
                : new Rights(
                        holds(oldTls, client), holds(inTheClear, client), login.filter(_ -> holds(byAddress, client)));
    }

    private static boolean holds(List<SourceNetwork> networks, InetAddress address) {
        return networks.stream().anyMatch(one -> one.contains(address));
    }
}

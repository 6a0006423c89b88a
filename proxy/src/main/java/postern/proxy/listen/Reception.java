package postern.proxy.listen;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.ListenerSettings;
import postern.credentials.NameRules;
import postern.proxy.session.Allowance;
import postern.proxy.session.Handlers;
import postern.proxy.session.LoginDeadline;
import postern.proxy.session.OwnConnections;

/**
 * What every newcomer at one door passes, in this order.
 *
 * <pre>
 *   bytes ─→ for whom? ─→ limits ─→ ours? ─→ tls ─→ deadline ─→ first words ─→ the front end's own
 *            ╰── of load balancers               ╰── from the start, if the first byte says so, or once asked for
 * </pre>
 */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final ListenerSettings settings;
    private final TrustedNetworks trusted;
    private final ConnectionLimits limits;
    private final DoorRules rules;
    private final DoorTls tls;
    private final FrontEnd frontEnd;
    private final ChannelGroup clients;
    private final OwnConnections own;
    private final ConnectionObserver observer;

    Reception(
            ListenerSettings settings,
            DoorTls tls,
            FrontEnd frontEnd,
            ChannelGroup clients,
            Room everybody,
            OwnConnections own,
            ConnectionObserver observer) {
        this.settings = settings;
        this.trusted = new TrustedNetworks(settings);
        this.limits = new ConnectionLimits(settings, everybody, observer);
        this.rules = new DoorRules(
                new NameRules(settings.names().defaultDomain(), settings.names().windowsDomains()),
                settings.beforeLogin());
        this.tls = tls;
        this.frontEnd = frontEnd;
        this.clients = clients;
        this.own = own;
        this.observer = observer;
    }

    int connections() {
        return limits.open();
    }

    /** Its source first, where it is known: who crowds in from one place must not cost others theirs. */
    void receive(Channel client) {
        clients.add(client);
        Allowance.ofStranger(client);
        Passage way = Passage.of(client.pipeline());
        InetAddress peer = Visitor.peerOf(client);
        if (trusted.isLoadBalancer(peer)) {
            if (limits.admits(client)) {
                ProxyHeader.expect(
                        way,
                        settings.proxyProtocol(),
                        address -> arrive(client, way, address),
                        why -> refuseHeader(client, why));
            }
        } else if (limits.admits(client, peer) && limits.admits(client)) {
            furnish(client, way, peer);
        }
    }

    private void arrive(Channel client, Passage way, InetAddress address) {
        if (limits.admits(client, address)) {
            furnish(client, way, address);
        }
    }

    private void furnish(Channel client, Passage way, InetAddress address) {
        way.add(new LoopCheck(own, () -> observer.refused(ConnectionObserver.Refusal.LOOP)));
        new Visitor(address, trusted.of(address)).enter(client);
        tls.begin(way);
        way.add(Handlers.DEADLINE, new LoginDeadline(settings.loginTimeout()));
        way.add(
                Handlers.FIRST_WORDS,
                new FirstWords(
                        settings.protocol(), () -> observer.refused(ConnectionObserver.Refusal.ANOTHER_PROTOCOL)));
        frontEnd.attach(client.pipeline(), tls, rules);
    }

    /** Health checks that only connect are no news; whose header is wrong has a mistake in its configuration. */
    private void refuseHeader(Channel client, String why) {
        observer.refused(ConnectionObserver.Refusal.PROXY_HEADER);
        LOG.atDebug()
                .addKeyValue("listener", settings.name())
                .addKeyValue("address", Visitor.peerOf(client).getHostAddress())
                .addKeyValue("cause", why)
                .log("no PROXY header that can be read");
    }
}

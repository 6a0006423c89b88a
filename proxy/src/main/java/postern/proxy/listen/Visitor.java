package postern.proxy.listen;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A client at a door, as the conversation behind it knows them.
 *
 * @param address where they come from, which is not where their bytes come from when a load balancer speaks for them
 * @param rights by that address
 */
public record Visitor(InetAddress address, Rights rights) {

    private static final AttributeKey<Visitor> KEY = AttributeKey.valueOf(Visitor.class, "visitor");

    /** Of a connection that no listener has looked at, the address of its other end. */
    public static Visitor of(Channel client) {
        Visitor known = client.attr(KEY).get();
        return known == null ? new Visitor(peerOf(client), Rights.NONE) : known;
    }

    public void enter(Channel client) {
        client.attr(KEY).set(this);
    }

    /** A client that came by no network is on this machine. */
    static InetAddress peerOf(Channel client) {
        return client.remoteAddress() instanceof InetSocketAddress tcp
                ? tcp.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}

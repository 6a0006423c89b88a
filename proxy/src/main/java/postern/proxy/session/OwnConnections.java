package postern.proxy.session;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that we opened ourselves, by the address they come from: who comes to one of our doors from such an address is
 * us. A way round over another machine most often ends as a wrong password, since what we prove upstream is no app password; where
 * it is one, by {@code Hops}.
 */
public final class OwnConnections {

    /** As a user event, to one of our own: the mail server that it reached is one of our doors. */
    public enum Met {
        OURSELVES
    }

    /** The same, however the system writes it. */
    private record Origin(InetAddress address, int port) {}

    private final Map<Origin, Channel> all = new ConcurrentHashMap<>();

    /** Before it says its first byte, so that who hears the byte finds it here. */
    public void enter(Channel connection) {
        origin(connection.localAddress()).ifPresent(origin -> {
            all.put(origin, connection);
            connection.closeFuture().addListener(_ -> all.remove(origin, connection));
        });
    }

    /** The other end of what comes to a door, if it is ours. */
    public Optional<Channel> otherEnd(Channel atDoor) {
        return origin(atDoor.remoteAddress()).map(all::get);
    }

    /** An IPv4 address in IPv6 clothes is the IPv4 address, and a zone is dropped. */
    private static Optional<Origin> origin(SocketAddress address) {
        if (!(address instanceof InetSocketAddress tcp)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Origin(InetAddress.getByAddress(tcp.getAddress().getAddress()), tcp.getPort()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes or sixteen are an address", e);
        }
    }
}

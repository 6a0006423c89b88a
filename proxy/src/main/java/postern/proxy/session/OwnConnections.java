package postern.proxy.session;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that we opened ourselves, by both their ends: who comes to one of our doors over such a connection is us. By
 * both, since a client on this machine may have the same port as one of ours that leads elsewhere. A way round over another machine
 * most often ends as a wrong password, since what we prove upstream is no app password; where it is one, by {@code Hops}.
 */
public final class OwnConnections {

    /** As a user event, to one of our own: the mail server that it reached is one of our doors. */
    public enum Met {
        OURSELVES
    }

    /** The same, however the system writes it. */
    private record End(InetAddress address, int port) {

        /** An IPv4 address in IPv6 clothes is the IPv4 address, and a zone is dropped. */
        static End of(SocketAddress address) {
            InetSocketAddress tcp = (InetSocketAddress) address;
            try {
                return new End(InetAddress.getByAddress(tcp.getAddress().getAddress()), tcp.getPort());
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes or sixteen are an address", e);
            }
        }
    }

    private record Way(End from, End to) {

        static Optional<Way> between(@Nullable SocketAddress from, @Nullable SocketAddress to) {
            return from instanceof InetSocketAddress && to instanceof InetSocketAddress
                    ? Optional.of(new Way(End.of(from), End.of(to)))
                    : Optional.empty();
        }
    }

    private final Map<Way, Channel> all = new ConcurrentHashMap<>();

    /** Before it says its first byte, so that who hears the byte finds it here. */
    public void enter(Channel connection) {
        Way.between(connection.localAddress(), connection.remoteAddress()).ifPresent(way -> {
            all.put(way, connection);
            connection.closeFuture().addListener(_ -> all.remove(way, connection));
        });
    }

    /** The other end of what comes to a door, if it is ours. */
    public Optional<Channel> otherEnd(Channel atDoor) {
        return Way.between(atDoor.remoteAddress(), atDoor.localAddress()).map(all::get);
    }
}

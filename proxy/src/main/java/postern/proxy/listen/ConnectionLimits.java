package postern.proxy.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import postern.config.ListenerSettings;
import postern.credentials.SourceNetwork;

/**
 * How many may stand at one door: in all, and from one {@link SourceNetwork}. One too many is closed
 * before it costs a TLS handshake. What is remembered is bounded by who is connected.
 */
@Sharable
final class ConnectionLimits extends ChannelInboundHandlerAdapter {

    private final int most;
    private final int mostPerSource;
    private final ConnectionObserver observer;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<SourceNetwork, Integer> bySource = new ConcurrentHashMap<>();

    ConnectionLimits(ListenerSettings settings, ConnectionObserver observer) {
        this.most = settings.maxConnections();
        this.mostPerSource = settings.maxConnectionsPerAddress();
        this.observer = observer;
    }

    int open() {
        return open.get();
    }

    /** Registered is the first a channel hears; whoever comes this far has its place counted until it closes. */
    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
        Channel client = ctx.channel();
        SourceNetwork source = sourceOf(client);
        int now = open.incrementAndGet();
        int fromSource = bySource.merge(source, 1, Integer::sum);
        client.closeFuture().addListener(_ -> {
            open.decrementAndGet();
            bySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
        });
        if (now > most) {
            refuse(client, ConnectionObserver.Refusal.FULL);
        } else if (fromSource > mostPerSource) {
            refuse(client, ConnectionObserver.Refusal.SOURCE_FULL);
        } else {
            ctx.fireChannelRegistered();
        }
    }

    private void refuse(Channel client, ConnectionObserver.Refusal why) {
        observer.refused(why);
        client.close();
    }

    /** A client that came by no network is on this machine. */
    private static SourceNetwork sourceOf(Channel client) {
        return SourceNetwork.of(
                client.remoteAddress() instanceof InetSocketAddress tcp
                        ? tcp.getAddress()
                        : InetAddress.getLoopbackAddress());
    }
}

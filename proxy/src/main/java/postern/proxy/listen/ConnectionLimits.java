package postern.proxy.listen;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import postern.config.ListenerSettings;
import postern.credentials.SourceNetwork;

/**
 * How many may stand at one door: in all, and from one {@link SourceNetwork}. One too many is closed
 * before it costs a TLS handshake. What is remembered is bounded by who is connected.
 */
final class ConnectionLimits {

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

    /** Whether there is a place for one more, whoever it is; it is kept until the connection closes. */
    boolean admits(Channel client) {
        int now = open.incrementAndGet();
        client.closeFuture().addListener(_ -> open.decrementAndGet());
        return now <= most || refuse(client, ConnectionObserver.Refusal.FULL);
    }

    /** Whether there is one for somebody from there, likewise. */
    boolean admits(Channel client, InetAddress address) {
        SourceNetwork source = SourceNetwork.of(address);
        int fromSource = bySource.merge(source, 1, Integer::sum);
        client.closeFuture()
                .addListener(_ -> bySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1));
        return fromSource <= mostPerSource || refuse(client, ConnectionObserver.Refusal.SOURCE_FULL);
    }

    private boolean refuse(Channel client, ConnectionObserver.Refusal why) {
        observer.refused(why);
        client.close();
        return false;
    }
}

package postern.proxy.listen;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import postern.config.ListenerSettings;
import postern.credentials.SourceNetwork;
import postern.proxy.session.SessionEnd;

/**
 * How many may be connected: at all doors, at this one, and at this one from one {@link SourceNetwork}. Where there is one too many,
 * the one who has waited longest without logging in makes room, with a goodbye; when all are logged in, the
 * newcomer is closed before it costs a TLS handshake. What is remembered is bounded by who is connected.
 */
final class ConnectionLimits {

    private final Room everybody;
    private final Room here;
    private final int mostPerSource;
    private final ConnectionObserver observer;
    private final ConcurrentMap<SourceNetwork, Room> bySource = new ConcurrentHashMap<>();

    ConnectionLimits(ListenerSettings settings, Room everybody, ConnectionObserver observer) {
        this.everybody = everybody;
        this.here = new Room(settings.maxConnections(), ConnectionObserver.Refusal.FULL);
        this.mostPerSource = settings.maxConnectionsPerAddress();
        this.observer = observer;
    }

    int open() {
        return here.taken();
    }

    /** Whether there is a place for one more, whoever it is; it is kept until the connection closes. */
    boolean admits(Channel client) {
        Place newcomer = Place.of(client);
        newcomer.enter(here);
        newcomer.enter(everybody);
        return hasRoom(here, newcomer) && hasRoom(everybody, newcomer);
    }

    /** Whether there is one for somebody from there, likewise. */
    boolean admits(Channel client, InetAddress address) {
        SourceNetwork source = SourceNetwork.of(address);
        Place newcomer = Place.of(client);
        Room room = bySource.compute(source, (_, known) -> {
            Room its = known == null ? new Room(mostPerSource, ConnectionObserver.Refusal.SOURCE_FULL) : known;
            newcomer.enter(its);
            return its;
        });
        client.closeFuture()
                .addListener(_ -> bySource.computeIfPresent(source, (_, its) -> its.taken() == 0 ? null : its));
        return hasRoom(room, newcomer);
    }

    /** Somebody may log in, or leave, while we look: then the next one is looked at. */
    private boolean hasRoom(Room room, Place newcomer) {
        for (Optional<Place> last = room.surplus(); last.isPresent(); last = room.surplus()) {
            Place leaving = last.get();
            if (leaving.makesRoom()) {
                end(leaving, leaving == newcomer, room.whenFull());
            }
        }
        return !newcomer.isGone();
    }

    /** The goodbye goes out at once or never: who does not read it must not keep the descriptor. */
    private void end(Place leaving, boolean newcomer, ConnectionObserver.Refusal why) {
        Channel client = leaving.client();
        if (newcomer) {
            observer.refused(why);
            client.close();
            return;
        }
        observer.displaced(why);
        client.eventLoop().execute(() -> {
            client.pipeline().fireUserEventTriggered(SessionEnd.DISPLACED);
            client.close();
        });
    }
}

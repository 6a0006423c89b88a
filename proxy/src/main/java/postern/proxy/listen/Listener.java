package postern.proxy.listen;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.ListenerSettings;
import postern.proxy.session.OwnConnections;
import postern.proxy.session.SessionEnd;

/** One open door. What a newcomer passes behind it is its {@link Reception}'s. */
public final class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final String name;
    private final Entrance entrance;
    private final ChannelGroup clients;

    private Listener(String name, Entrance entrance, ChannelGroup clients) {
        this.name = name;
        this.entrance = entrance;
        this.clients = clients;
    }

    /**
     * Returns when clients can connect; throws, naming the door, when they never will.
     *
     * @param everybody the room for clients of all doors
     */
    public static Listener open(
            ListenerSettings settings,
            DoorTls tls,
            FrontEnd frontEnd,
            Opening opening,
            Room everybody,
            OwnConnections own,
            ConnectionObserver observer)
            throws IOException {
        ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Reception reception = new Reception(settings, tls, frontEnd, clients, everybody, own, observer);
        Entrance entrance = entrance(settings, opening, reception, observer);
        observer.opened(settings.name(), reception::connections);
        Listener listener = new Listener(settings.name(), entrance, clients);
        LOG.atInfo()
                .addKeyValue("listener", settings.name())
                .addKeyValue(
                        "address",
                        settings.address() + " port " + listener.address().getPort())
                .log("listening");
        return listener;
    }

    private static Entrance entrance(
            ListenerSettings settings, Opening opening, Reception reception, ConnectionObserver observer)
            throws IOException {
        try {
            return opening.open(settings, reception::receive, observer);
        } catch (IOException e) {
            throw new IOException(
                    "listener " + settings.name() + ": cannot listen on " + settings.address() + " port "
                            + settings.port() + ": " + e.getMessage(),
                    e);
        }
    }

    public String name() {
        return name;
    }

    public InetSocketAddress address() {
        return entrance.address();
    }

    /** Whether it lets anybody in. */
    public boolean isOpen() {
        return entrance.isOpen();
    }

    /** Lets nobody in any more; who is in stays. */
    public void stopAccepting() {
        entrance.shut();
    }

    /**
     * Asks everybody, logged in or not, to leave in good order, one after the other: whoever leaves comes
     * back at once, to another node.
     *
     * @param within how long the last one may wait
     */
    public void sayGoodbye(Duration within) {
        List<Channel> all = List.copyOf(clients);
        for (int i = 0; i < all.size(); i++) {
            Channel client = all.get(i);
            var _ = client.eventLoop()
                    .schedule(
                            () -> client.pipeline().fireUserEventTriggered(SessionEnd.SHUTDOWN),
                            within.multipliedBy(i).dividedBy(all.size()).toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Completes when the last client has left. Ask once nobody is let in any more. */
    public CompletableFuture<Void> emptied() {
        CompletableFuture<Void> emptied = new CompletableFuture<>();
        clients.newCloseFuture().addListener(_ -> emptied.complete(null));
        return emptied;
    }

    /** How many are still here. */
    public int clients() {
        return clients.size();
    }

    /** Shows the rest the door, with a word where one is in order. */
    public void cut() {
        clients.forEach(client ->
                client.eventLoop().execute(() -> client.pipeline().fireUserEventTriggered(SessionEnd.LAST_CALL)));
        clients.newCloseFuture().awaitUninterruptibly(LAST_WORDS.toMillis());
        clients.close().awaitUninterruptibly();
    }
}

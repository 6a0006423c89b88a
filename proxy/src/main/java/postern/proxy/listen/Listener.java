package postern.proxy.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.ListenerSettings;
import postern.proxy.session.SessionEnd;

/** One open door. What a newcomer passes behind it is its {@link Reception}'s. */
public final class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 4_096;

    private final String name;
    private final Channel door;
    private final ChannelGroup clients;

    private Listener(String name, Channel door, ChannelGroup clients) {
        this.name = name;
        this.door = door;
        this.clients = clients;
    }

    /** Returns when clients can connect; throws, naming the door, when they never will. */
    public static Listener open(
            ListenerSettings settings, DoorTls tls, FrontEnd frontEnd, EventLoops loops, ConnectionObserver observer)
            throws IOException {
        ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Reception reception = new Reception(settings, tls, frontEnd, clients, observer);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(reception)
                .bind(settings.bind())
                .awaitUninterruptibly();
        if (bound.cause() != null) {
            throw new IOException(
                    "listener " + settings.name() + ": cannot listen on " + settings.address() + " port "
                            + settings.port() + ": " + bound.cause().getMessage(),
                    bound.cause());
        }
        observer.opened(settings.name(), reception::connections);
        Listener listener = new Listener(settings.name(), bound.channel(), clients);
        LOG.atInfo()
                .addKeyValue("listener", settings.name())
                .addKeyValue(
                        "address",
                        settings.address() + " port " + listener.address().getPort())
                .log("listening");
        return listener;
    }

    public String name() {
        return name;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) door.localAddress();
    }

    /** Whether it lets anybody in. */
    public boolean isOpen() {
        return door.isOpen();
    }

    /** Lets nobody in any more; who is in stays. */
    public void stopAccepting() {
        door.close().awaitUninterruptibly();
    }

    /** Asks everybody, logged in or not, to leave in good order. */
    public void sayGoodbye() {
        clients.forEach(client ->
                client.eventLoop().execute(() -> client.pipeline().fireUserEventTriggered(SessionEnd.SHUTDOWN)));
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

    /** Shows the rest the door. */
    public void cut() {
        clients.close().awaitUninterruptibly();
    }
}

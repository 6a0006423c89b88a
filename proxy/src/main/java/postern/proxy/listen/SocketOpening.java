package postern.proxy.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import postern.config.ListenerSettings;

/** For what we speak ourselves: a socket, and nothing in a client's pipeline but what the door puts there. */
public record SocketOpening(EventLoops loops) implements Opening {

    /** How many may wait to be let in. */
    public static final int BACKLOG = 4_096;

    @Override
    public Entrance open(ListenerSettings settings, Consumer<Channel> newcomers, ConnectionObserver observer)
            throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true) // and TCP_NODELAY, which Netty sets unasked
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        newcomers.accept(client);
                    }
                })
                .bind(settings.bind())
                .awaitUninterruptibly();
        if (bound.cause() != null) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        bound.channel().pipeline().addLast(new AcceptFailures(settings.name(), observer));
        return new OfSocket(bound.channel());
    }

    private record OfSocket(Channel door) implements Entrance {

        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) door.localAddress();
        }

        @Override
        public boolean isOpen() {
            return door.isOpen();
        }

        @Override
        public void shut() {
            door.close().awaitUninterruptibly();
        }
    }
}

package postern.bench.doors;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;

/** Mail programs, all of one process: what they take is theirs, and counted nowhere. TLS 1.3, never resumed. */
public final class Clients implements AutoCloseable {

    private static final int CONNECT_MILLIS = 20_000;

    /** What all doors know. Left to itself each would agree with us on the newest of its library. */
    private static final String[] GROUPS = {"X25519"};

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final SslContext tls;

    /** Whose certificate it is does not matter: nobody else is here, and verifying it would cost only ourselves. */
    public Clients() throws IOException {
        tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .option(OpenSslContextOption.GROUPS, GROUPS)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    /**
     * Returns when greeted.
     *
     * @param from which of this machine's own addresses
     */
    public Client connect(int port, String from) {
        Client client = new Client();
        Channel channel = open(port, from, client);
        channel.closeFuture().addListener(_ -> client.left());
        try {
            client.greeted().join();
        } catch (CompletionException e) {
            channel.close();
            throw e;
        }
        return client;
    }

    /** The same of a phone, which nobody greets: returns when TLS is on. */
    public Phone connectPhone(int port, String from, String name, String secret) {
        Phone phone = new Phone(name, secret);
        Channel channel = open(port, from, phone);
        channel.closeFuture().addListener(_ -> phone.left());
        try {
            phone.connected().join();
        } catch (CompletionException e) {
            channel.close();
            throw e;
        }
        return phone;
    }

    private Channel open(int port, String from, ChannelHandler client) {
        return new Bootstrap()
                .group(loops)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel it) {
                        it.pipeline().addLast(tls.newHandler(it.alloc()), client);
                    }
                })
                .connect(Ports.here(port), new InetSocketAddress(InetAddress.ofLiteral(from), 0))
                .channel();
    }

    @Override
    public void close() {
        loops.shutdownGracefully();
    }
}

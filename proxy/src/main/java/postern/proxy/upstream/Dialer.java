package postern.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import postern.config.UpstreamTls;
import postern.proxy.session.Handlers;
import postern.proxy.session.LoginDeadline;
import postern.proxy.session.OwnConnections;

/**
 * Connects to upstreams. Names are resolved by Netty, since the JDK's resolver blocks the thread
 * that asks.
 *
 * <pre>
 *   bytes ─→ ours? ─→ tls ─→ pins ─→ deadline ─→ frames ─→ login
 *                     ╰── from the start, or once the upstream agreed
 * </pre>
 */
public final class Dialer implements AutoCloseable {

    private final Class<? extends SocketChannel> socket;
    private final DnsAddressResolverGroup names;
    private final OwnConnections own;

    public Dialer(
            Class<? extends SocketChannel> socket, Class<? extends DatagramChannel> datagram, OwnConnections own) {
        this.socket = socket;
        this.names = new DnsAddressResolverGroup(new DnsNameResolverBuilder().datagramChannelType(datagram));
        this.own = own;
    }

    /**
     * One try.
     *
     * @param turn which of the host's addresses, where it has several: another one each time
     * @param patience for all that comes until the login is done
     */
    public Future<Channel> dial(
            Destination to, int turn, Duration patience, EventLoop loop, ChannelHandler frames, ChannelHandler login) {
        Promise<Channel> dialled = dialling(to, patience, loop);
        Bootstrap bootstrap = bootstrap(to, patience, loop, frames, login);
        addresses(to, loop).addListener((Future<List<InetSocketAddress>> found) -> {
            if (found.isSuccess()) {
                connect(bootstrap, to, found.getNow().get(turn % found.getNow().size()), dialled);
            } else {
                dialled.tryFailure(found.cause());
            }
        });
        return dialled;
    }

    /** The same, at one of the host's {@link #addresses}. */
    public Future<Channel> dial(
            Destination to,
            InetSocketAddress address,
            Duration patience,
            EventLoop loop,
            ChannelHandler frames,
            ChannelHandler login) {
        Promise<Channel> dialled = dialling(to, patience, loop);
        connect(bootstrap(to, patience, loop, frames, login), to, address, dialled);
        return dialled;
    }

    private static Promise<Channel> dialling(Destination to, Duration patience, EventLoop loop) {
        Promise<Channel> dialled = loop.newPromise();
        Duration connectTimeout = connectTimeout(to, patience);
        Future<?> end = loop.schedule(
                () -> dialled.tryFailure(new ConnectTimeoutException("no connection after " + connectTimeout)),
                connectTimeout.toNanos(),
                TimeUnit.NANOSECONDS);
        dialled.addListener(_ -> end.cancel(false));
        return dialled;
    }

    /** All that the host's name stands for and the source address may call; never none. */
    public Future<List<InetSocketAddress>> addresses(Destination to, EventLoop loop) {
        Promise<List<InetSocketAddress>> reachable = loop.newPromise();
        names.getResolver(loop)
                .resolveAll(
                        InetSocketAddress.createUnresolved(to.host(), to.door().port()))
                .addListener((Future<List<InetSocketAddress>> found) -> {
                    if (found.isSuccess()) {
                        reach(to, found.getNow(), reachable);
                    } else {
                        reachable.tryFailure(found.cause());
                    }
                });
        return reachable;
    }

    private static void reach(
            Destination to, List<InetSocketAddress> found, Promise<List<InetSocketAddress>> reachable) {
        Optional<InetAddress> source = source(to);
        List<InetSocketAddress> some = found.stream()
                .filter(address -> source.isEmpty()
                        || source.get().getClass().equals(address.getAddress().getClass()))
                .toList();
        if (some.isEmpty()) {
            reachable.tryFailure(new ConnectException("no address of the source address's family among " + found));
        } else {
            reachable.trySuccess(some);
        }
    }

    private static Optional<InetAddress> source(Destination to) {
        return to.upstream().settings().dialing().sourceAddress().map(InetAddress::ofLiteral);
    }

    private static Duration connectTimeout(Destination to, Duration patience) {
        return least(to.upstream().settings().dialing().connectTimeout(), patience);
    }

    private Bootstrap bootstrap(
            Destination to, Duration patience, EventLoop loop, ChannelHandler frames, ChannelHandler login) {
        return new Bootstrap()
                .group(loop)
                .channel(socket)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(Math.max(1, connectTimeout(to, patience).toMillis())))
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (to.door().tls() == UpstreamTls.IMPLICIT) {
                            encrypt(to, channel);
                        }
                        channel.pipeline()
                                .addLast(Handlers.DEADLINE, new LoginDeadline(patience))
                                .addLast(Handlers.FRAMES, frames)
                                .addLast(Handlers.LOGIN, login);
                        to.announced().ifPresent(client -> Announcement.of(client, channel.pipeline()));
                        channel.pipeline().addFirst(new Entering()); // the announcement and TLS speak at once
                    }
                });
    }

    /** Ahead of all that might say something. */
    private final class Entering extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            own.enter(ctx.channel());
            ctx.fireChannelActive();
            ctx.pipeline().remove(this);
        }
    }

    private static void connect(
            Bootstrap bootstrap, Destination to, InetSocketAddress chosen, Promise<Channel> dialled) {
        if (to.door().tls() == UpstreamTls.NONE && !to.upstream().cleartext().mayGoTo(chosen.getAddress())) {
            dialled.tryFailure(new CleartextException(chosen.getAddress()));
            return;
        }
        ChannelFuture connecting = source(to)
                .map(source -> bootstrap.connect(chosen, new InetSocketAddress(source, 0)))
                .orElseGet(() -> bootstrap.connect(chosen));
        connecting.addListener(_ -> {
            if (!connecting.isSuccess()) {
                dialled.tryFailure(connecting.cause());
            } else if (!dialled.trySuccess(connecting.channel())) {
                connecting.channel().close();
            }
        });
    }

    /** Puts TLS in front of all that is there: the certificate has to be the host's own, and its key one of the pinned. */
    public static void encrypt(Destination to, Channel channel) {
        SslHandler tls = to.upstream()
                .tls()
                .newHandler(channel.alloc(), to.host(), to.door().port());
        List<String> pins = to.upstream().settings().trust().pins();
        channel.pipeline().addFirst(Handlers.TLS, tls);
        if (!pins.isEmpty()) {
            channel.pipeline().addAfter(Handlers.TLS, null, new PinCheck(tls, pins));
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        names.close();
    }
}

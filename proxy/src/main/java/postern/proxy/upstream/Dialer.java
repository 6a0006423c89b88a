package postern.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import java.time.Duration;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamTls;
import postern.proxy.session.Handlers;
import postern.proxy.session.LoginDeadline;

/**
 * Connects to upstreams. Names are resolved by Netty, since the JDK's resolver blocks the thread
 * that asks.
 *
 * <pre>
 *   bytes ─→ tls ─→ deadline ─→ frames ─→ login
 *            ╰── from the start, or once the upstream agreed
 * </pre>
 */
public final class Dialer implements AutoCloseable {

    private final Class<? extends SocketChannel> socket;
    private final DnsAddressResolverGroup names;

    public Dialer(Class<? extends SocketChannel> socket, Class<? extends DatagramChannel> datagram) {
        this.socket = socket;
        this.names = new DnsAddressResolverGroup(new DnsNameResolverBuilder().datagramChannelType(datagram));
    }

    public ChannelFuture dial(
            Upstream upstream, UpstreamDoorSettings door, EventLoop loop, ChannelHandler frames, ChannelHandler login) {
        Duration connectTimeout = upstream.settings().connectTimeout();
        return new Bootstrap()
                .group(loop)
                .channel(socket)
                .resolver(names)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (door.tls() == UpstreamTls.IMPLICIT) {
                            channel.pipeline().addLast(Handlers.TLS, tlsHandler(upstream, door, channel));
                        }
                        channel.pipeline()
                                .addLast(
                                        Handlers.DEADLINE,
                                        new LoginDeadline(upstream.settings().loginTimeout()))
                                .addLast(Handlers.FRAMES, frames)
                                .addLast(Handlers.LOGIN, login);
                    }
                })
                .connect(upstream.settings().host(), door.port());
    }

    /** Verifies that the certificate is the configured host's own. */
    public static SslHandler tlsHandler(Upstream upstream, UpstreamDoorSettings door, Channel channel) {
        return upstream.tls().newHandler(channel.alloc(), upstream.settings().host(), door.port());
    }

    @Override
    public void close() {
        names.close();
    }
}

package postern.proxy.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Says where a client comes from by the PROXY protocol, version 2, ahead of everything else, TLS included. */
final class Announcement extends ChannelInboundHandlerAdapter {

    private final InetAddress client;

    private Announcement(InetAddress client) {
        this.client = client;
    }

    /** Call it when all that speaks is in the pipeline. */
    static void of(InetAddress client, ChannelPipeline pipeline) {
        pipeline.addFirst(HAProxyMessageEncoder.INSTANCE, new Announcement(client));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetAddress there = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
        boolean six = client instanceof Inet6Address || there instanceof Inet6Address;
        ctx.write(new HAProxyMessage(
                HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                six ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4,
                written(client, six),
                written(there, six),
                0,
                ((InetSocketAddress) ctx.channel().remoteAddress()).getPort()));
        ctx.pipeline().remove(HAProxyMessageEncoder.class);
        ctx.fireChannelActive();
        ctx.pipeline().remove(this);
    }

    /** One header has addresses of one family, so an IPv4 address may have to be written as IPv6. */
    private static String written(InetAddress address, boolean six) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return six && !(address instanceof Inet6Address) ? "::ffff:" + text : text;
    }
}

package postern.proxy.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import postern.proxy.session.OwnConnections;

/**
 * Hears the first byte of a connection, and no further when it is our own: the other end is told, and hangs up. Not before that
 * byte, since until then the other end may not know yet that it is connected.
 */
final class LoopCheck extends ChannelInboundHandlerAdapter {

    private final OwnConnections own;
    private final Runnable refused;

    LoopCheck(OwnConnections own, Runnable refused) {
        this.own = own;
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        Optional<Channel> other = own.otherEnd(ctx.channel());
        if (other.isEmpty()) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(bytes);
            return;
        }
        ReferenceCountUtil.release(bytes);
        Channel ours = other.get();
        refused.run();
        ours.eventLoop().execute(() -> ours.pipeline().fireUserEventTriggered(OwnConnections.Met.OURSELVES));
        ours.closeFuture().addListener(_ -> ctx.close());
    }
}

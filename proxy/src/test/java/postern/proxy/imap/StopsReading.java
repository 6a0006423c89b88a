package postern.proxy.imap;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Takes one command and wants no other for now. */
final class StopsReading extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        ctx.channel().config().setAutoRead(false);
        ctx.fireChannelRead(frame);
    }
}

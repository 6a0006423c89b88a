package postern.web;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;

/**
 * Hangs up on a client that asks on and on and does not read the answers: they would be kept for it,
 * and those of one connection have filled the heap.
 */
final class Unread extends ChannelDuplexHandler {

    private static final long MOST_BYTES = 1024 * 1024;

    @Override
    public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise written) {
        ctx.write(bytes, written);
        ChannelOutboundBuffer unread = ctx.channel().unsafe().outboundBuffer();
        if (unread != null && unread.totalPendingWriteBytes() > MOST_BYTES) {
            ctx.close();
        }
    }
}

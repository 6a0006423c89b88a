package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** On the client's channel, before {@link ToUpstream}: shows the {@link Guard} what the client says. */
final class GuardHandler extends ByteToMessageDecoder {

    /** As a user event: the upstream said what the guard waited for. */
    enum Turn {
        GO_ON
    }

    private final Guard guard;
    private final ToClient back;

    GuardHandler(Guard guard, ToClient back) {
        this.guard = guard;
        this.back = back;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (back.isEnding() || guard.isOver()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        ByteBuf upstream = guard.listens() ? guard.hear(in) : Unpooled.EMPTY_BUFFER;
        if (upstream.isReadable()) {
            out.add(upstream);
        } else {
            upstream.release();
        }
        Duration rest = guard.rest();
        if (!rest.isZero()) {
            var _ = ctx.executor().schedule(() -> rested(ctx), rest.toNanos(), TimeUnit.NANOSECONDS);
        }
        String due = guard.due();
        if (!due.isEmpty()) {
            ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), due));
        }
        if (guard.isOver()) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == Turn.GO_ON) {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
            channelReadComplete(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void rested(ChannelHandlerContext ctx) {
        guard.rested();
        ctx.pipeline().fireUserEventTriggered(Turn.GO_ON);
    }

    /** A decoder asks for more when it could make nothing of what it has; while the guard waits, that is for ever. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (guard.listens()) {
            super.channelReadComplete(ctx);
        } else {
            ctx.fireChannelReadComplete();
        }
    }
}

package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Passes bytes to the other side and lets the slower side set the pace. Both sides live on one event
 * loop, so nothing here needs a lock.
 */
abstract class RelayHandler extends ChannelInboundHandlerAdapter {

    static final Duration A_WHILE = Duration.ofSeconds(30);

    final Channel other;

    RelayHandler(Channel other) {
        this.other = other;
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object bytes) {
        pass((ByteBuf) bytes);
    }

    void pass(ByteBuf bytes) {
        other.write(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        other.flush();
        ctx.channel().config().setAutoRead(other.isWritable() && isHeard());
    }

    /** Whether our own side is listened to now, apart from what the other can take. */
    boolean isHeard() {
        return true;
    }

    /** The same of the other side. */
    boolean isOtherHeard() {
        return true;
    }

    /** We filled up, or drained: whoever feeds us waits, or reads again. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        other.config().setAutoRead(ctx.channel().isWritable() && isOtherHeard());
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        left();
    }

    /** One side left: send what is under way, then let the other go too; should it not read, after a while. */
    void left() {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        other.eventLoop().schedule(() -> other.close(), A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A line that breaks is a side that leaves. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}

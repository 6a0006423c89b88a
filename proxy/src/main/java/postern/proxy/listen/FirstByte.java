package postern.proxy.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import postern.proxy.session.SessionEnd;

/**
 * Whether a client begins with TLS. Its first byte says so, and no other is needed: that of a record of a handshake begins
 * no command. A client that says nothing waits to be greeted, and is, once its time is up; nobody behind this hears of it
 * before. All of it happens on the client's event loop, so the byte and the end of the wait cannot both be first.
 *
 * <pre>
 *   silence ── a byte of TLS ──→ HelloHandler takes this place
 *      ├────── any other ──────→ greeted in the clear, and answered
 *      ╰────── too long ───────→ greeted in the clear
 * </pre>
 */
final class FirstByte extends ChannelInboundHandlerAdapter {

    /** A record of a handshake (RFC 8446 section 5.1). */
    private static final byte HANDSHAKE = 22;

    private final DoorTls tls;
    private final Duration wait;
    private @Nullable Future<?> end;

    FirstByte(DoorTls tls, Duration wait) {
        this.tls = tls;
        this.wait = wait;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        end = ctx.executor().schedule(() -> makeRoom(ctx), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (end != null) {
            end.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object said) {
        if (!(said instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ReferenceCountUtil.release(said);
            return;
        }
        if (bytes.getByte(bytes.readerIndex()) == HANDSHAKE) {
            tls.begin(ctx);
        }
        ctx.fireChannelActive();
        ctx.fireChannelRead(bytes);
        ctx.pipeline().remove(this);
    }

    private void makeRoom(ChannelHandlerContext ctx) {
        if (!ctx.isRemoved() && ctx.channel().isActive()) {
            ctx.fireChannelActive();
            ctx.pipeline().remove(this);
        }
    }

    /** A goodbye is for clients that were greeted. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SessionEnd) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}

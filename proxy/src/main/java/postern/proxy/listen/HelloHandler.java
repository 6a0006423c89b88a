package postern.proxy.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import postern.proxy.session.Handlers;

/**
 * Waits for the first message of TLS, which says what certificate the client wants, and then gives its place
 * to TLS itself. In between nothing goes out: what is written was meant to be encrypted. Nobody behind
 * it hears of the client before, either, so nobody greets in the clear.
 */
final class HelloHandler extends SslClientHelloHandler<ClientHello> {

    /** A fatal alert, in a record of its own (RFC 7301 section 3.2). */
    private static final byte[] NO_APPLICATION_PROTOCOL = {21, 3, 1, 0, 2, 2, 120};

    private final DoorTls tls;
    private boolean heldBack;
    private boolean chosen;
    private boolean refused;

    HelloHandler(DoorTls tls) {
        super(tls.mostHelloBytes());
        this.tls = tls;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        heldBack = true;
    }

    @Override
    protected Future<ClientHello> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf hello) {
        return ctx.executor().newSucceededFuture(hello == null ? ClientHello.SILENT : ClientHello.read(hello));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
        } else {
            super.decode(ctx, in, out);
        }
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<ClientHello> hello) {
        if (!tls.speaks(hello.getNow())) {
            refused = true;
            ctx.writeAndFlush(Unpooled.wrappedBuffer(NO_APPLICATION_PROTOCOL)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        chosen = true;
        SslHandler encryption =
                tls.encryption(hello.getNow(), Visitor.of(ctx.channel()).rights(), ctx.alloc());
        boolean tellTheOthers = heldBack;
        ctx.pipeline().replace(this, Handlers.TLS, encryption);
        ChannelHandlerContext next = ctx.pipeline().context(encryption);
        if (tellTheOthers && next != null) {
            next.fireChannelActive();
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        if (!chosen) {
            tls.failed();
        }
        super.handlerRemoved0(ctx);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise written) {
        ReferenceCountUtil.release(message);
        written.setFailure(new ClosedChannelException());
    }
}

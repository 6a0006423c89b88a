package postern.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.proxy.session.Handlers;

/** Hands on what {@link RequestFraming} has nothing against. HTTP/2 has frames of its own, and goes by. */
final class FramingGuard extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger LOG = LoggerFactory.getLogger(FramingGuard.class);

    private static final String REFUSAL = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

    private final RequestFraming framing = new RequestFraming();
    private final Runnable misread;
    private boolean refused;

    /** @param misread is told of what is refused */
    FramingGuard(Runnable misread) {
        super(false);
        this.misread = misread;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (refused) {
            bytes.release();
            return;
        }
        if (ctx.pipeline().get(Handlers.TLS) instanceof SslHandler tls
                && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(bytes);
            return;
        }
        framing.objection(bytes).ifPresentOrElse(why -> refuse(ctx, bytes, why), () -> ctx.fireChannelRead(bytes));
    }

    private void refuse(ChannelHandlerContext ctx, ByteBuf bytes, String why) {
        refused = true;
        bytes.release();
        misread.run();
        LOG.atDebug().addKeyValue("cause", why).log("a request that could be read in two ways");
        if (framing.isFirst()) {
            ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), REFUSAL)).addListener(ChannelFutureListener.CLOSE);
        } else {
            ctx.close();
        }
    }
}

package postern.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.LongAdder;

/** How much a client has said and heard since it was let in, without what TLS adds. */
public final class Traffic extends ChannelDuplexHandler {

    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();

    /** Counts from now on. Call it on the event loop. */
    public static Traffic of(Channel client) {
        Traffic traffic = new Traffic();
        ChannelPipeline pipeline = client.pipeline();
        if (pipeline.get(Handlers.TLS) == null) {
            pipeline.addFirst(Handlers.TRAFFIC, traffic);
        } else {
            pipeline.addAfter(Handlers.TLS, Handlers.TRAFFIC, traffic);
        }
        return traffic;
    }

    public long bytesIn() {
        return in.sum();
    }

    public long bytesOut() {
        return out.sum();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            in.add(bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            out.add(bytes.readableBytes());
        }
        ctx.write(message, promise);
    }
}

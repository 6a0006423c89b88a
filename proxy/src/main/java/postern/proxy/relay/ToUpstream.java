package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import postern.proxy.session.SessionEnd;

/** On the client's channel: what the client says goes upstream, until we end the session. */
final class ToUpstream extends RelayHandler {

    private final ToClient back;

    ToUpstream(Channel upstream, ToClient back) {
        super(upstream);
        this.back = back;
    }

    @Override
    void pass(ByteBuf bytes) {
        if (back.isEnding()) {
            bytes.release();
        } else {
            super.pass(bytes);
        }
    }

    @Override
    boolean isHeard() {
        return back.isOtherHeard();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SessionEnd why) {
            back.end(why);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}

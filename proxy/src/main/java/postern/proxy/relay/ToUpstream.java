package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
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
        if (back.isEnding() || back.tellsNow()) {
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
        switch (event) {
            case SessionEnd why -> back.end(why);
            case ChannelInputShutdownEvent _ -> back.clientFellSilent();
            // Netty's epoll forgets a half-closed socket, and cannot wait for it to take more (ENOENT, as of 4.2.18).
            case ChannelOutputShutdownEvent _ -> ctx.close();
            case SslCloseCompletionEvent closed when closed.isSuccess() -> ctx.close(); // it takes both ways with it
            default -> ctx.fireUserEventTriggered(event);
        }
    }
}

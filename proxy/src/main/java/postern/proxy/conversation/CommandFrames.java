package postern.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import postern.proxy.listen.Rejection;

/**
 * Cuts the stream into commands. One command at a time: while it is not the client's turn, or its channel does not read,
 * nothing more is cut, so that no client hears the answer to its second command before the one to its first. Who speaks
 * out of turn is read no further; most wait for their answer, and so cost nothing here.
 * What lies behind the last command is kept for the relay, or forgotten when TLS begins. A password
 * may be in any of it, so what is copied, forgotten or left behind is wiped.
 */
public abstract class CommandFrames extends ByteToMessageDecoder {

    private final int mostBytes;
    private boolean waits;

    /**
     * @param mostBytes of a command with all that belongs to it
     */
    protected CommandFrames(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        setCumulator(CommandFrames::join);
    }

    /** What the conversation tells us, as a user event. */
    public enum Turn {
        /** It does not listen: cut nothing more. */
        WAIT,
        /** It listens again: cut what came in the meantime. */
        GO_ON,
        /** TLS begins: what came before it counts for nothing. */
        FORGET
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        switch (event) {
            case Turn.WAIT -> waits = true;
            case Turn.GO_ON -> {
                waits = false;
                channelRead(ctx, Unpooled.EMPTY_BUFFER);
            }
            case Turn.FORGET -> forget();
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) throws Exception {
        forget();
        super.channelInactive(ctx);
    }

    private void forget() {
        ByteBuf rest = internalBuffer();
        wipe(rest);
        rest.skipBytes(rest.readableBytes());
        forgotten();
    }

    /** The next byte begins a command. */
    protected void forgotten() {}

    @Override
    protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (waits && in.isReadable()) { // nothing is left once TLS begins, whose first bytes have to be read
            ctx.channel().config().setAutoRead(false);
        } else if (!waits && ctx.channel().config().isAutoRead()) {
            cut(ctx, in, out);
        }
    }

    /** The next whole command, if it is there; called while the client has the turn. */
    protected abstract void cut(ChannelHandlerContext ctx, ByteBuf in, List<Object> out);

    /** Ends the connection of who sends a command of so many bytes, or is about to. */
    protected final void limit(ByteBuf in, long bytes) {
        if (bytes > mostBytes) {
            throw beyond(in, Rejection.TOO_LONG);
        }
    }

    /** What is there of it is wiped. */
    protected static BeyondBoundException beyond(ByteBuf in, Rejection bound) {
        wipe(in);
        return new BeyondBoundException(bound);
    }

    /** Netty's own way leaves a copy behind whenever a command comes in two packets. */
    private static ByteBuf join(ByteBufAllocator memory, ByteBuf kept, ByteBuf in) {
        if (!kept.isReadable()) {
            kept.release();
            return in;
        }
        ByteBuf joined = memory.buffer(kept.readableBytes() + in.readableBytes());
        for (ByteBuf part : List.of(kept, in)) {
            joined.writeBytes(part, part.readerIndex(), part.readableBytes());
            wipe(part);
            part.release();
        }
        return joined;
    }

    private static void wipe(ByteBuf bytes) {
        if (bytes.isReadable() && !bytes.isReadOnly()) {
            bytes.setZero(bytes.readerIndex(), bytes.readableBytes());
        }
    }
}

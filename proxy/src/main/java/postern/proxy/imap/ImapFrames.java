package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the stream into commands. A command is a line; a line that ends in the size of a literal goes
 * on with so many bytes and another line (RFC 3501 section 4.3, RFC 7888).
 *
 * <p>One command at a time: while its channel does not read, nothing more is cut, so that no client
 * hears "go on" for its second command before the answer to its first. What lies behind the last
 * command is kept for the relay, or forgotten when TLS begins. A password may be in any of it, so
 * what is copied, forgotten or left behind is wiped.
 */
final class ImapFrames extends ByteToMessageDecoder {

    private static final int MAX_COMMAND_BYTES = 8 * 1024;

    /** Where the next line of the command at hand begins; the literal before it may be on its way. */
    private int nextLine;

    ImapFrames() {
        setCumulator(ImapFrames::join);
    }

    /** What the conversation tells us, as a user event. */
    enum Turn {
        /** It listens again: cut what came in the meantime. */
        GO_ON,
        /** TLS begins: what came before it counts for nothing. */
        FORGET
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        switch (event) {
            case Turn.GO_ON -> channelRead(ctx, Unpooled.EMPTY_BUFFER);
            case Turn.FORGET -> forget();
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        forget();
        super.channelInactive(ctx);
    }

    private void forget() {
        ByteBuf rest = internalBuffer();
        wipe(rest);
        rest.skipBytes(rest.readableBytes());
        nextLine = 0;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        while (ctx.channel().config().isAutoRead() && nextLine < in.readableBytes()) {
            int start = in.readerIndex() + nextLine;
            int end = in.indexOf(start, in.writerIndex(), (byte) '\n');
            if (end < 0) {
                limit(in, in.readableBytes());
                return;
            }
            long command = end + 1L - in.readerIndex();
            Optional<LiteralSize> literal = LiteralSize.of(in, start, end);
            command += literal.map(LiteralSize::bytes).orElse(0);
            limit(in, command);
            if (literal.isEmpty()) {
                nextLine = 0;
                out.add(in.readRetainedSlice((int) command));
                return;
            }
            nextLine = (int) command;
            if (literal.get().waits()) {
                ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), "+ Go on.\r\n"));
            }
        }
    }

    private static void limit(ByteBuf in, long bytes) {
        if (bytes > MAX_COMMAND_BYTES) {
            wipe(in);
            throw new TooLongFrameException("an IMAP command of more than " + MAX_COMMAND_BYTES + " bytes");
        }
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

package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Optional;
import postern.proxy.conversation.CommandFrames;

/**
 * A command is a line; a line that ends in the size of a literal goes on with so many bytes and
 * another line (RFC 3501 section 4.3, RFC 7888).
 */
final class ImapFrames extends CommandFrames {

    private static final int MAX_COMMAND_BYTES = 8 * 1024;

    /** Where the next line of the command at hand begins; the literal before it may be on its way. */
    private int nextLine;

    ImapFrames() {
        super(MAX_COMMAND_BYTES);
    }

    @Override
    protected void forgotten() {
        nextLine = 0;
    }

    @Override
    protected void cut(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        while (nextLine < in.readableBytes()) {
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
}

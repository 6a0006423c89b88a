package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Optional;
import postern.config.BeforeLoginSettings;
import postern.proxy.conversation.CommandFrames;
import postern.proxy.listen.Rejection;

/**
 * A command is a line; a line that ends in the size of a literal goes on with so many bytes and
 * another line (RFC 3501 section 4.3, RFC 7888).
 */
final class ImapFrames extends CommandFrames {

    private final int mostInLiteral;

    /** Where the next line of the command at hand begins; the literal before it may be on its way. */
    private int nextLine;

    ImapFrames(BeforeLoginSettings bounds) {
        super(bounds.line());
        this.mostInLiteral = bounds.literal();
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
            int inLiteral = literal.map(LiteralSize::bytes).orElse(0);
            if (inLiteral > mostInLiteral) {
                throw beyond(in, Rejection.LITERAL);
            }
            command += inLiteral;
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

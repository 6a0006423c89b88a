package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the stream into commands. A command is a line; a line that ends in the size of a literal goes
 * on with so many bytes and another line (RFC 3501 section 4.3, RFC 7888).
 *
 * <p>One command at a time: while its channel does not read, nothing more is cut, so that no client
 * hears "go on" for its second command before the answer to its first. What lies behind the last
 * command is kept for the relay, or forgotten when TLS begins.
 */
final class ImapFrames extends ByteToMessageDecoder {

    private static final int MAX_COMMAND_BYTES = 8 * 1024;
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d{1,9})(\\+?)}\r");
    private static final int LONGEST_LITERAL = "{123456789+}\r".length();

    /** Where the next line of the command at hand begins; the literal before it may be on its way. */
    private int nextLine;

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
            case Turn.FORGET -> {
                internalBuffer().skipBytes(internalBuffer().readableBytes());
                nextLine = 0;
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        while (ctx.channel().config().isAutoRead() && nextLine < in.readableBytes()) {
            int start = in.readerIndex() + nextLine;
            int end = in.indexOf(start, in.writerIndex(), (byte) '\n');
            if (end < 0) {
                limit(in.readableBytes());
                return;
            }
            Matcher literal = literal(in, start, end);
            if (!literal.matches()) {
                out.add(cut(in, end + 1 - in.readerIndex()));
                return;
            }
            nextLine = end + 1 - in.readerIndex() + Integer.parseInt(literal.group(1));
            limit(nextLine);
            if (literal.group(2).isEmpty()) {
                ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), "+ Go on.\r\n"));
            }
        }
    }

    /** Looks at a line's last bytes, and only behind a brace: no part of a password becomes a String. */
    private static Matcher literal(ByteBuf in, int start, int end) {
        boolean braced = end - start >= 2 && in.getByte(end - 2) == '}';
        int tail = Math.max(start, end - LONGEST_LITERAL);
        return LITERAL.matcher(braced ? in.toString(tail, end - tail, StandardCharsets.US_ASCII) : "");
    }

    private ByteBuf cut(ByteBuf in, int length) {
        limit(length);
        nextLine = 0;
        return in.readRetainedSlice(length);
    }

    private static void limit(int bytes) {
        if (bytes > MAX_COMMAND_BYTES) {
            throw new TooLongFrameException("an IMAP command of more than " + MAX_COMMAND_BYTES + " bytes");
        }
    }
}

package postern.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/** Cuts where every command is a line (RFC 1939 section 3, RFC 5321 section 2.3.8). */
public final class LineFrames extends CommandFrames {

    private static final int MAX_LINE_BYTES = 8 * 1024;

    public LineFrames() {
        super(MAX_LINE_BYTES);
    }

    @Override
    protected void cut(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        int length = end < 0 ? in.readableBytes() : end + 1 - in.readerIndex();
        limit(in, length);
        if (end >= 0) {
            out.add(in.readRetainedSlice(length));
        }
    }
}

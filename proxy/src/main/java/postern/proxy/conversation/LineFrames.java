package postern.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import postern.config.BeforeLoginSettings;

/** Cuts where every command is a line (RFC 1939 section 3, RFC 5321 section 2.3.8). */
public final class LineFrames extends CommandFrames {

    public LineFrames(BeforeLoginSettings bounds) {
        super(bounds.line());
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

package postern.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Cuts what an upstream says while we log in there into lines. It is trusted no more than a client:
 * a line has a length, and a login a number of lines. What lies behind the last line that the login
 * read flows on to the relay.
 */
public final class UpstreamLines extends ByteToMessageDecoder {

    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_LINES = 100;

    private int lines;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if ((end < 0 ? in.readableBytes() : end - in.readerIndex()) > MAX_LINE_BYTES) {
            throw new TooLongFrameException("a line of more than " + MAX_LINE_BYTES + " bytes");
        }
        if (end < 0) {
            return;
        }
        if (++lines > MAX_LINES) {
            throw new TooLongFrameException("more than " + MAX_LINES + " lines");
        }
        boolean cr = end > in.readerIndex() && in.getByte(end - 1) == '\r';
        int length = end - in.readerIndex() - (cr ? 1 : 0);
        out.add(in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString());
        in.readerIndex(end + 1);
    }

    /** Whether it said more than it was asked for: before TLS, that is somebody else speaking. */
    public boolean saidMore() {
        return actualReadableBytes() > 0;
    }
}

package postern.bench.doors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of ActiveSync as it takes to answer 4 KiB to whatever was sent, or never, to who waits for news. */
final class ExchangeSession extends ByteToMessageDecoder {

    static final int BODY_BYTES = 4_096;

    private static final AtomicInteger HANGING = new AtomicInteger();
    private static final ByteBuf END_OF_HEAD = constant("\r\n\r\n");
    private static final ByteBuf ANSWER = constant("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.ms-sync.wbxml\r\n"
            + "Content-Length: " + BODY_BYTES + "\r\n\r\n" + "m".repeat(BODY_BYTES));
    private static final String LENGTH = "\r\ncontent-length:";

    private int body;
    private boolean inBody;
    private boolean hangs;

    private static ByteBuf constant(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer()
                .writeBytes(text.getBytes(StandardCharsets.US_ASCII))
                .asReadOnly());
    }

    /** Of all connections, those that are still there. */
    static int hanging() {
        return HANGING.get();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!inBody) {
            int end = ByteBufUtil.indexOf(END_OF_HEAD, in);
            if (end < 0) {
                return;
            }
            int length = end - in.readerIndex();
            String head = in.readCharSequence(length + END_OF_HEAD.readableBytes(), StandardCharsets.US_ASCII)
                    .toString();
            hangs = head.contains("Cmd=Ping");
            body = length(head.toLowerCase(Locale.ROOT));
            inBody = true;
        }
        int read = Math.min(body, in.readableBytes());
        in.skipBytes(read);
        body -= read;
        if (body == 0) {
            inBody = false;
            answer(context);
        }
    }

    private static int length(String head) {
        int at = head.indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + LENGTH.length()))
                        .strip());
    }

    private void answer(ChannelHandlerContext context) {
        if (hangs) {
            HANGING.incrementAndGet();
        } else {
            context.writeAndFlush(ANSWER.duplicate());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (hangs && !inBody) {
            HANGING.decrementAndGet();
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

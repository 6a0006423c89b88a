package postern.proxy.transcript;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;

/** What tests put on a wire, and take off it. */
public final class Wire {

    private Wire() {}

    public static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    /** All that this side was sent since it was last asked. A character may have come in two pieces. */
    public static String sentTo(EmbeddedChannel side) {
        ByteBuf sent = Unpooled.buffer();
        for (ByteBuf bytes = side.readOutbound(); bytes != null; bytes = side.readOutbound()) {
            sent.writeBytes(bytes);
            bytes.release();
        }
        return sent.toString(StandardCharsets.UTF_8);
    }
}

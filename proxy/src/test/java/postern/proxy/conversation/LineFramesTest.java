package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.proxy.conversation.SampleBounds.BOUNDS;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineFramesTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new LineFrames(BOUNDS));

    @AfterEach
    void leave() {
        channel.finishAndReleaseAll();
    }

    @Test
    void cutsWhereALineEnds() {
        channel.writeInbound(bytes("USER ada\r\nPASS x\nQU"), bytes("IT\r\n"));

        assertThat(lines()).containsExactly("USER ada\r\n", "PASS x\n", "QUIT\r\n");
    }

    @Test
    void cutsNothingWhileNobodyIsListening() {
        channel.config().setAutoRead(false);
        channel.writeInbound(bytes("USER ada\r\nQUIT\r\n"));
        assertThat(lines()).isEmpty();

        channel.config().setAutoRead(true);
        channel.pipeline().fireUserEventTriggered(CommandFrames.Turn.GO_ON);

        assertThat(lines()).containsExactly("USER ada\r\n", "QUIT\r\n");
    }

    @Test
    void whoSpeaksOutOfTurnIsReadNoFurther() {
        channel.pipeline().fireUserEventTriggered(CommandFrames.Turn.WAIT);
        assertThat(channel.config().isAutoRead()).isTrue();

        channel.writeInbound(bytes("USER ada\r\n"));
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(lines()).isEmpty();

        channel.config().setAutoRead(true);
        channel.pipeline().fireUserEventTriggered(CommandFrames.Turn.GO_ON);
        assertThat(lines()).containsExactly("USER ada\r\n");
    }

    /** Or the handshake that comes next would never be read. */
    @Test
    void whoseWordsAreForgottenIsReadOn() {
        channel.pipeline().fireUserEventTriggered(CommandFrames.Turn.WAIT);
        channel.writeInbound(bytes("USER ada\r\n"));

        channel.pipeline().fireUserEventTriggered(CommandFrames.Turn.FORGET);
        channel.config().setAutoRead(true);
        channel.pipeline().fireUserEventTriggered(CommandFrames.Turn.WAIT);
        channel.writeInbound(Unpooled.EMPTY_BUFFER);

        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void aLineOfEightKilobytesIsTheLongest() {
        String longest = "x".repeat(8 * 1024 - 2) + "\r\n";
        channel.writeInbound(bytes(longest));
        assertThat(lines()).containsExactly(longest);

        assertThatThrownBy(() -> channel.writeInbound(bytes("x" + longest))).isInstanceOf(TooLongFrameException.class);
    }

    @Test
    void endsALineThatWouldNeverEnd() {
        channel.writeInbound(bytes("x".repeat(8 * 1024)));

        assertThatThrownBy(() -> channel.writeInbound(bytes("x"))).isInstanceOf(TooLongFrameException.class);
    }

    @Test
    void leavesNothingBehindOfWhatIsForgotten() {
        ByteBuf half = bytes("PASS secre").retain();
        channel.writeInbound(half);

        channel.pipeline().fireUserEventTriggered(CommandFrames.Turn.FORGET);
        channel.writeInbound(bytes("QUIT\r\n"));

        assertThat(ByteBufUtil.getBytes(half, 0, half.writerIndex())).containsOnly(0);
        assertThat(lines()).containsExactly("QUIT\r\n");
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ByteBuf frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            lines.add(frame.toString(StandardCharsets.UTF_8));
            frame.release();
        }
        return lines;
    }
}

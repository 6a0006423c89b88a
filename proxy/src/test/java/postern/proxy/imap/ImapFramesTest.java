package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.proxy.conversation.SampleBounds.BOUNDS;
import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.conversation.BeyondBoundException;
import postern.proxy.listen.Rejection;

class ImapFramesTest {

    private static final String TWO_COMMANDS = "a1 LOGIN {3+}\r\nada \"x\"\r\na2 NOOP\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(new ImapFrames(BOUNDS));

    @AfterEach
    void leave() {
        channel.releaseInbound();
        channel.releaseOutbound();
    }

    @Test
    void cutsOneCommandALine() {
        send("a1 NOOP\r\na2 LOGOUT\r\n");

        assertThat(commands()).containsExactly("a1 NOOP\r\n", "a2 LOGOUT\r\n");
    }

    @Test
    void aLineFeedAloneEndsALineToo() {
        send("a1 NOOP\na2 LOGOUT\n");

        assertThat(commands()).containsExactly("a1 NOOP\n", "a2 LOGOUT\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 LOGIN {3+}\r\nad\n {1+}\r\nx\r\n",
                "a1 LOGIN {4+}\r\n{9}\r {1+}\r\nx\r\n",
                "a1 LOGIN {0+}\r\n {0+}\r\n\r\n",
            })
    void takesALiteralIntoItsCommand(String command) {
        send(command + "a2 NOOP\r\n");

        assertThat(commands()).containsExactly(command, "a2 NOOP\r\n");
    }

    @Test
    void cutsTheSameWhereverThePacketsEnd() {
        for (int cut = 1; cut < TWO_COMMANDS.length(); cut++) {
            send(TWO_COMMANDS.substring(0, cut));
            send(TWO_COMMANDS.substring(cut));

            assertThat(commands()).containsExactly("a1 LOGIN {3+}\r\nada \"x\"\r\n", "a2 NOOP\r\n");
        }
    }

    @Test
    void asksOnceForALiteralThatWaits() {
        send("a1 LOGIN {3}\r\n");
        send("ad");
        send("a x\r\n");

        assertThat(sentTo(channel)).isEqualTo("+ Go on.\r\n");
        assertThat(commands()).containsExactly("a1 LOGIN {3}\r\nada x\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{3}\n", "{-3}\r\n", "{3 }\r\n", "{}\r\n", "3}\r\n", "{3}x\r\n", "{3++}\r\n"})
    void asksForNothingThatIsNoLiteral(String ending) {
        send("a1 LOGIN " + ending);

        assertThat(sentTo(channel)).isEmpty();
        assertThat(commands()).containsExactly("a1 LOGIN " + ending);
    }

    @Test
    void cutsNothingWhileNobodyListens() {
        channel.config().setAutoRead(false);

        send("a1 NOOP\r\na2 LOGIN {3}\r\n");

        assertThat(commands()).isEmpty();
        assertThat(sentTo(channel)).isEmpty();
    }

    @Test
    void cutsOneCommandWhenItsAnswerMustComeFirst() {
        channel.pipeline().addLast(new StopsReading());

        send("a1 NOOP\r\na2 LOGIN {3}\r\nada x\r\na3 NOOP\r\n");

        assertThat(commands()).containsExactly("a1 NOOP\r\n");
        assertThat(sentTo(channel)).isEmpty();
        goOn();
        assertThat(commands()).containsExactly("a2 LOGIN {3}\r\nada x\r\n");
        assertThat(sentTo(channel)).isEqualTo("+ Go on.\r\n");
        goOn();
        assertThat(commands()).containsExactly("a3 NOOP\r\n");
        goOn();
        assertThat(commands()).isEmpty();
    }

    @Test
    void asksForALiteralThatCameInTheMeantime() {
        channel.config().setAutoRead(false);
        send("a2 LOGIN {3}\r\n");

        goOn();

        assertThat(sentTo(channel)).isEqualTo("+ Go on.\r\n");
    }

    @Test
    void forgetsHalfACommandAndTheLiteralItWaitedFor() {
        send("a1 LOGIN {9}\r\nada");

        channel.pipeline().fireUserEventTriggered(ImapFrames.Turn.FORGET);
        send("a2 NOOP\r\n");

        assertThat(commands()).containsExactly("a2 NOOP\r\n");
    }

    @Test
    void forgetsNothingThatIsNotThere() {
        channel.pipeline().fireUserEventTriggered(ImapFrames.Turn.FORGET);
        channel.pipeline().fireUserEventTriggered(ImapFrames.Turn.GO_ON);

        assertThat(commands()).isEmpty();
    }

    @Test
    void aCommandOfEightKilobytesIsTheLongest() {
        String longest = "x".repeat(8 * 1024 - 2) + "\r\n";
        send(longest);
        assertThat(commands()).containsExactly(longest);

        assertThatThrownBy(() -> send("x" + longest)).isInstanceOf(TooLongFrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1 LOGIN {999999999}\r\n", "a1 LOGIN {999999999+}\r\n", "a1 LOGIN {4097+}\r\n"})
    void endsWhatWouldNeverEnd(String line) {
        assertThatThrownBy(() -> send(line)).isInstanceOf(TooLongFrameException.class);
        assertThat(sentTo(channel)).isEmpty();
    }

    @Test
    void tellsALiteralThatIsTooLongFromACommandThatIs() {
        String allowed = "a1 LOGIN {4096+}\r\n" + "x".repeat(4096);
        assertThatThrownBy(() -> send("a1 LOGIN {4097+}\r\n"))
                .isInstanceOfSatisfying(
                        BeyondBoundException.class,
                        beyond -> assertThat(beyond.why()).isEqualTo(Rejection.LITERAL));

        assertThatThrownBy(
                        () -> new EmbeddedChannel(new ImapFrames(BOUNDS)).writeInbound(bytes(allowed + " {4096+}\r\n")))
                .isInstanceOfSatisfying(
                        BeyondBoundException.class,
                        beyond -> assertThat(beyond.why()).isEqualTo(Rejection.TOO_LONG));
    }

    @Test
    void endsALineThatWouldNeverEnd() {
        send("x".repeat(8 * 1024));
        assertThatThrownBy(() -> send("x")).isInstanceOf(TooLongFrameException.class);
    }

    @Test
    void passesWhatItHoldsOnWhenItLeaves() {
        channel.config().setAutoRead(false);
        send("a2 SELECT INBOX\r\na3 NO");

        channel.pipeline().removeFirst();

        assertThat(commands()).containsExactly("a2 SELECT INBOX\r\na3 NO");
    }

    private void send(String packet) {
        channel.writeInbound(bytes(packet));
    }

    private void goOn() {
        channel.config().setAutoRead(true);
        channel.pipeline().fireUserEventTriggered(ImapFrames.Turn.GO_ON);
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (ByteBuf frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            commands.add(frame.toString(StandardCharsets.UTF_8));
            frame.release();
        }
        return commands;
    }

    /** A password that came in a second packet was left in memory that others use next. */
    @Test
    void leavesNoCopyBehindWhereverThePacketsEnd() {
        String command = "a1 LOGIN ada {5}\r\nsecre\r\n";
        for (int at = 1; at < command.length(); at++) {
            EmbeddedChannel door = new EmbeddedChannel(new ImapFrames(BOUNDS));
            ByteBuf first = bytes(command.substring(0, at)).retain();
            ByteBuf second = bytes(command.substring(at)).retain();

            door.writeInbound(first, second);

            ByteBuf cut = door.readInbound();
            assertThat(cut.toString(StandardCharsets.US_ASCII)).isEqualTo(command);
            assertThat(ByteBufUtil.getBytes(first, 0, first.writerIndex()))
                    .as("cut at " + at)
                    .containsOnly(0);
            assertThat(ByteBufUtil.getBytes(second, 0, second.writerIndex())).containsOnly(0);
            cut.release();
            door.finishAndReleaseAll();
        }
    }

    @Test
    void leavesNothingBehindOfWhatIsForgottenTooLongOrUnfinished() {
        ByteBuf forgotten = bytes("a1 LOGIN ada secre").retain();
        channel.writeInbound(forgotten);
        channel.pipeline().fireUserEventTriggered(ImapFrames.Turn.FORGET);
        assertThat(ByteBufUtil.getBytes(forgotten, 0, forgotten.writerIndex())).containsOnly(0);

        ByteBuf unfinished = bytes("a1 LOGIN ada secre").retain();
        channel.writeInbound(unfinished);
        channel.close();
        assertThat(ByteBufUtil.getBytes(unfinished, 0, unfinished.writerIndex()))
                .containsOnly(0);

        ByteBuf tooLong = bytes("x".repeat(8193)).retain();
        assertThatThrownBy(() -> new EmbeddedChannel(new ImapFrames(BOUNDS)).writeInbound(tooLong))
                .isInstanceOf(TooLongFrameException.class);
        assertThat(ByteBufUtil.getBytes(tooLong, 0, tooLong.writerIndex())).containsOnly(0);
    }
}

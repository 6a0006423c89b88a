package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import postern.proxy.session.SessionEnd;

/**
 * On the upstream's channel: what the mailbox says goes to the client. When we end the session, the
 * response under way goes first and a goodbye follows it; a mailbox that is silent half-way through
 * a response, or a client that does not read, is cut off after a moment, or at the last call.
 */
final class ToClient extends RelayHandler {

    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final Farewell farewell;
    private final Supplier<Duration> untilTold;
    private @Nullable SessionEnd ending;
    private boolean saidGoodbye;
    private boolean clientIsSilent;
    private boolean isLeftInTheDark;

    ToClient(Channel client, Farewell farewell, Supplier<Duration> untilTold) {
        super(client);
        this.farewell = farewell;
        this.untilTold = untilTold;
    }

    boolean isEnding() {
        return ending != null;
    }

    @Override
    boolean isOtherHeard() {
        return farewell.listens();
    }

    @Override
    void pass(ByteBuf bytes) {
        if (saidGoodbye) {
            bytes.release();
            return;
        }
        boolean listened = farewell.listens();
        int whole = farewell.follow(bytes);
        if (ending == null || whole == 0) {
            passEdited(bytes);
        } else {
            passEdited(bytes.writerIndex(bytes.readerIndex() + whole));
            sayGoodbye(ending);
        }
        if (!listened && farewell.listens()) {
            other.pipeline().fireUserEventTriggered(GuardHandler.Turn.GO_ON);
        }
    }

    private void passEdited(ByteBuf bytes) {
        List<Edit> edits = farewell.edits();
        if (edits.isEmpty()) {
            super.pass(bytes);
            return;
        }
        int first = bytes.readerIndex();
        for (Edit edit : edits) {
            if (first + edit.to() <= bytes.writerIndex()) {
                other.write(bytes.readRetainedSlice(first + edit.from() - bytes.readerIndex()));
                other.write(ByteBufUtil.writeUtf8(other.alloc(), edit.text()));
                bytes.readerIndex(first + edit.to());
            }
        }
        super.pass(bytes);
    }

    /** The client says nothing more, but may listen still: what it asked for is yet to come, for a while. */
    void clientFellSilent() {
        if (tellsNow()) {
            return;
        }
        clientIsSilent = true;
        leaveOnceAnswered();
        other.eventLoop().schedule(() -> other.close(), A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        super.channelReadComplete(ctx);
        leaveOnceAnswered();
    }

    private void leaveOnceAnswered() {
        if (clientIsSilent && !saidGoodbye && farewell.isAllAnswered()) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    void end(SessionEnd why) {
        if (saidGoodbye || (ending != null && why.patience() == SessionEnd.Patience.AS_LONG_AS_IT_TAKES)) {
            return;
        }
        ending = ending == null ? why : ending;
        if (farewell.atBoundary()) {
            sayGoodbye(ending);
            return;
        }
        switch (why.patience()) {
            case NONE -> leaveOff(ending);
            case A_MOMENT -> {
                SessionEnd known = ending;
                other.eventLoop().schedule(() -> leaveOff(known), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            }
            case AS_LONG_AS_IT_TAKES -> {} // there will be a last call
        }
    }

    /** An upstream that dies says nothing to the client, so we do: in a while, should others have died with it. */
    @Override
    void left() {
        if (saidGoodbye || farewell.wordsForTheUpstream().isEmpty()) {
            super.left();
            return;
        }
        Duration wait = untilTold.get();
        if (wait.isZero()) {
            tell();
        } else {
            isLeftInTheDark = true;
            other.config().setAutoRead(true);
            other.eventLoop().schedule(this::tellsNow, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** A client that says something to an upstream that died hears of it at once; whether that is so. */
    boolean tellsNow() {
        boolean waited = isLeftInTheDark;
        isLeftInTheDark = false;
        if (waited && !saidGoodbye) {
            tell();
        }
        return waited;
    }

    private void tell() {
        other.write(ByteBufUtil.writeUtf8(other.alloc(), farewell.wordsForTheUpstream()));
        super.left();
    }

    /** Whatever is under way. */
    private void leaveOff(SessionEnd why) {
        if (!saidGoodbye && farewell.isBetweenResponses()) {
            sayGoodbye(why);
        } else if (!saidGoodbye) {
            other.close();
        }
    }

    private void sayGoodbye(SessionEnd why) {
        saidGoodbye = true;
        other.eventLoop().schedule(() -> other.close(), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        other.writeAndFlush(ByteBufUtil.writeUtf8(other.alloc(), farewell.words(why)))
                .addListener(ChannelFutureListener.CLOSE);
    }
}

package postern.bench.doors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connection, on which one command at a time waits for its answer. */
public final class Client extends SimpleChannelInboundHandler<ByteBuf> {

    private static final String TAG = "a ";
    private static final int TAIL_BYTES = 512;

    private final CompletableFuture<String> greeted = new CompletableFuture<>();
    private final StringBuilder tail = new StringBuilder();
    private volatile @Nullable ChannelHandlerContext context;
    private String expected = "* ";
    private CompletableFuture<String> answer = greeted;

    CompletableFuture<String> greeted() {
        return greeted;
    }

    /** Whether it was let in; the answer may take as long as it likes. */
    public boolean login(String name, String secret) {
        String message = "\0" + name + "\0" + secret;
        return say("AUTHENTICATE PLAIN "
                        + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.US_ASCII)))
                .startsWith(TAG + "OK");
    }

    /** The line that ends the answer. */
    public String say(String command) {
        return ask(command, TAG).join();
    }

    /** One after the other; how long each took, in nanoseconds. */
    public CompletableFuture<List<Long>> repeat(String command, int times) {
        CompletableFuture<List<Long>> all = new CompletableFuture<>();
        again(command, times, new ArrayList<>(times), all);
        return all;
    }

    private void again(String command, int times, List<Long> took, CompletableFuture<List<Long>> all) {
        if (took.size() == times) {
            all.complete(took);
            return;
        }
        long began = System.nanoTime();
        var _ = ask(command, TAG).whenComplete((_, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
            } else {
                took.add(System.nanoTime() - began);
                again(command, times, took, all);
            }
        });
    }

    /** Until it is asked to go on. */
    public void idle() {
        ask("IDLE", "+ ").join();
    }

    /**
     * Returns when it is stored.
     *
     * @param message is not used up
     */
    public void append(ByteBuf message) {
        ask("APPEND INBOX {" + message.readableBytes() + "}", "+ ").join();
        CompletableFuture<String> stored = expect(TAG);
        there().write(message.retainedDuplicate());
        there().writeAndFlush(Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII));
        stored.join();
    }

    /** Says that it leaves, and does once the other has closed. */
    public void logout() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        there().channel().closeFuture().addListener(_ -> closed.complete(null));
        var _ = ask("LOGOUT", TAG);
        closed.join();
    }

    public void close() {
        there().close();
    }

    private CompletableFuture<String> ask(String command, String end) {
        CompletableFuture<String> asked = expect(end);
        there().writeAndFlush(Unpooled.copiedBuffer(TAG + command + "\r\n", StandardCharsets.US_ASCII));
        return asked;
    }

    /** Nothing arrives meanwhile: nobody says anything unasked here but goodbye. */
    private CompletableFuture<String> expect(String end) {
        CompletableFuture<String> next = new CompletableFuture<>();
        expected = end;
        answer = next;
        if (!there().channel().isActive()) {
            left();
        }
        return next;
    }

    private ChannelHandlerContext there() {
        ChannelHandlerContext here = context;
        if (here == null) {
            throw new IllegalStateException("not connected");
        }
        return here;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, ByteBuf said) {
        int last = Math.min(said.readableBytes(), TAIL_BYTES);
        tail.append(said.toString(said.writerIndex() - last, last, StandardCharsets.ISO_8859_1));
        tail.delete(0, Math.max(0, tail.length() - TAIL_BYTES));
        int end = tail.length() - 2;
        if (end < 0 || tail.charAt(end + 1) != '\n') {
            return;
        }
        int start = tail.lastIndexOf("\n", end) + 1;
        if (tail.indexOf(expected, start) == start) {
            String line = tail.substring(start, end);
            tail.setLength(0);
            answer.complete(line);
        }
    }

    /** Whoever waits for something waits in vain. */
    void left() {
        answer.completeExceptionally(
                new IOException("hung up, and said last: " + tail.toString().strip()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        answer.completeExceptionally(cause);
        from.close();
    }
}

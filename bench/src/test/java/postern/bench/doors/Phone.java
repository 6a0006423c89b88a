package postern.bench.doors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connection that is kept, on which one request at a time waits for its answer. */
public final class Phone extends SimpleChannelInboundHandler<ByteBuf> {

    private static final String OK = "HTTP/1.1 200";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int PING_BYTES = 32;

    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final String name;
    private final String authorization;
    private final StringBuilder head = new StringBuilder();
    private volatile @Nullable ChannelHandlerContext context;
    private CompletableFuture<Void> answered = connected;
    private int body;
    private boolean inBody;

    Phone(String name, String secret) {
        this.name = name;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.US_ASCII));
    }

    CompletableFuture<Void> connected() {
        return connected;
    }

    /** 4 KiB that way, and 4 KiB this way; one after the other. */
    public CompletableFuture<Void> post(int times) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        again(request("Sync", ExchangeSession.BODY_BYTES), times, all);
        return all;
    }

    private void again(byte[] request, int left, CompletableFuture<Void> all) {
        if (left == 0) {
            all.complete(null);
            return;
        }
        var _ = ask(request).whenComplete((_, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
            } else {
                again(request, left - 1, all);
            }
        });
    }

    /** Asks to be told of news, and does not wait for them. */
    public void ping() {
        var _ = ask(request("Ping", PING_BYTES));
    }

    public void close() {
        there().close();
    }

    private byte[] request(String command, int bytes) {
        return ("POST /Microsoft-Server-ActiveSync?Cmd=" + command + "&User=" + name
                        + "&DeviceId=" + name.replaceAll("[^a-z0-9]", "") + "&DeviceType=iPhone HTTP/1.1\r\n"
                        + "Host: mail.example.org\r\nAuthorization: " + authorization + "\r\n"
                        + "MS-ASProtocolVersion: 16.1\r\nX-MS-PolicyKey: 1307199584\r\n"
                        + "User-Agent: Apple-iPhone14C2/1605.92\r\nContent-Type: application/vnd.ms-sync.wbxml\r\n"
                        + "Content-Length: " + bytes + END_OF_HEAD + "m".repeat(bytes))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private CompletableFuture<Void> ask(byte[] request) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        answered = next;
        there().writeAndFlush(Unpooled.wrappedBuffer(request));
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
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                connected.complete(null);
            } else {
                connected.completeExceptionally(handshake.cause());
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, ByteBuf said) {
        if (!inBody) {
            readHead(said);
        }
        int read = Math.min(body, said.readableBytes());
        said.skipBytes(read);
        body -= read;
        if (inBody && body == 0) {
            inBody = false;
            answered.complete(null);
        }
    }

    private void readHead(ByteBuf said) {
        int from = head.length();
        head.append(said.toString(StandardCharsets.US_ASCII));
        int end = head.indexOf(END_OF_HEAD);
        if (end < 0) {
            said.skipBytes(said.readableBytes());
            return;
        }
        said.skipBytes(end + END_OF_HEAD.length() - from);
        head.setLength(end + 2);
        if (head.indexOf(OK) != 0) {
            answered.completeExceptionally(
                    new IOException("it said: " + head.toString().strip()));
        }
        String fields = head.toString().toLowerCase(Locale.ROOT);
        int at = fields.indexOf(LENGTH) + LENGTH.length();
        body = Integer.parseInt(fields.substring(at, fields.indexOf('\r', at)).strip());
        inBody = true;
        head.setLength(0);
    }

    /** Whoever waits for something waits in vain. */
    void left() {
        answered.completeExceptionally(new IOException("hung up"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        answered.completeExceptionally(cause);
        from.close();
    }
}

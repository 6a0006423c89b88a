package postern.proxy.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import postern.config.UpstreamTls;
import postern.proxy.session.Handlers;
import postern.proxy.session.OwnConnections;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/**
 * A connection to an upstream, of one client's connection and of no other. Carries one exchange after the other; reads no faster
 * than the client takes. Lives on the client's event loop.
 *
 * <pre>
 *   connecting ─→ free ⇄ carrying ─→ closed
 * </pre>
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private static final int FLUSHES_AT_ONCE = 64;

    private final Destination to;
    private final HttpConnection client;
    private final Promise<UpstreamConnection> ready;
    private @Nullable ChannelHandlerContext here;
    private @Nullable Carrying carrying;

    /** What is under way. */
    private static final class Carrying {
        private final Exchange exchange;
        private final Turnaround rules;
        private boolean asked;
        private boolean answering;
        private boolean keepAlive;

        private Carrying(Exchange exchange, Turnaround rules) {
            this.exchange = exchange;
            this.rules = rules;
        }
    }

    /** @param ready is done when requests can be sent, or failed by an {@link UpstreamException} */
    UpstreamConnection(Destination to, HttpConnection client, Promise<UpstreamConnection> ready) {
        this.to = to;
        this.client = client;
        this.ready = ready;
    }

    Destination to() {
        return to;
    }

    boolean isTo(String upstream) {
        return to.upstream().settings().name().equals(upstream);
    }

    boolean isOpen() {
        return here != null && here.channel().isActive();
    }

    /** Nobody waits for the answer any more, and there is no other way to say so. */
    void leave() {
        carrying = null;
        close();
    }

    void close() {
        if (here != null) {
            here.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        here = ctx;
        // The head, the body and its end are one packet, where they can be.
        ctx.pipeline().addBefore(Handlers.FRAMES, null, new FlushConsolidationHandler(FLUSHES_AT_ONCE, true));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (to.door().tls() == UpstreamTls.NONE) {
            connected(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                connected(ctx);
            } else {
                fail(ctx, failureOf(handshake.cause()), String.valueOf(handshake.cause()));
            }
        } else if (event == OwnConnections.Met.OURSELVES) {
            fail(ctx, UpstreamFailure.LOOPS, "it is a door of our own");
        }
    }

    private static UpstreamFailure failureOf(Throwable handshake) {
        return handshake instanceof ClosedChannelException || handshake instanceof SslHandshakeTimeoutException
                ? UpstreamFailure.UNREACHABLE
                : UpstreamFailure.UNTRUSTED;
    }

    private void connected(ChannelHandlerContext ctx) {
        ctx.pipeline().remove(Handlers.DEADLINE);
        ctx.channel().config().setAutoRead(false);
        if (ready.trySuccess(this)) {
            ctx.read();
        } else {
            ctx.close();
        }
    }

    /** Sends a request, and hands its answer on. */
    void carry(Exchange exchange, Turnaround rules, HttpRequest head) {
        ChannelHandlerContext ctx = Objects.requireNonNull(here);
        Carrying begun = new Carrying(exchange, rules);
        carrying = begun;
        exchange.on(this);
        ctx.write(head);
        exchange.request()
                .subscribe(
                        new RequestBody(ctx, () -> begun.asked = true, this::leave),
                        ctx.channel().eventLoop(),
                        SubscriptionOption.WITH_POOLED_OBJECTS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            Carrying now = carrying;
            if (now == null) {
                ctx.close(); // nobody has asked it anything
                return;
            }
            if (message instanceof HttpResponse head) {
                head(ctx, now, head);
            }
            if (now == carrying && message instanceof HttpContent content) {
                content(ctx, now, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext ctx, Carrying now, HttpResponse head) {
        if (!head.decoderResult().isSuccess()) {
            fail(
                    ctx,
                    UpstreamFailure.CONFUSED,
                    String.valueOf(head.decoderResult().cause()));
            return;
        }
        int status = head.status().code();
        if (status == 101) {
            fail(ctx, UpstreamFailure.CONFUSED, "it changes to another protocol, unasked");
        } else if (status == 401) {
            fail(ctx, UpstreamFailure.REFUSED, "401 " + now.rules.said(head.headers()));
        } else if (status >= 200) {
            now.answering = true;
            now.keepAlive = HttpUtil.isKeepAlive(head);
            now.exchange.answered(now.rules.answer(head));
        }
    }

    private void content(ChannelHandlerContext ctx, Carrying now, HttpContent content) {
        if (!content.decoderResult().isSuccess()) {
            fail(
                    ctx,
                    UpstreamFailure.CONFUSED,
                    String.valueOf(content.decoderResult().cause()));
        } else if (now.answering) {
            if (content.content().isReadable()) {
                now.exchange.data(HttpData.wrap(content.content().retain()));
            }
            if (content instanceof LastHttpContent) {
                finished(ctx, now);
            }
        }
    }

    private void finished(ChannelHandlerContext ctx, Carrying now) {
        carrying = null;
        now.exchange.finished();
        if (now.keepAlive && now.asked) {
            client.putFree(this);
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (carrying == null || !carrying.answering) {
            ctx.read();
        } else {
            carrying.exchange.whenTaken(() -> ctx.executor().execute(ctx::read));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        client.lost(this);
        fail(ctx, UpstreamFailure.UNREACHABLE, "it hung up");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case ReadTimeoutException _ -> fail(ctx, UpstreamFailure.UNREACHABLE, "it took too long");
            case DecoderException tls -> fail(ctx, UpstreamFailure.UNTRUSTED, String.valueOf(tls.getCause()));
            default -> fail(ctx, UpstreamFailure.UNREACHABLE, cause.toString());
        }
    }

    private void fail(ChannelHandlerContext ctx, UpstreamFailure why, String seen) {
        Carrying now = carrying;
        carrying = null;
        if (now != null) {
            now.rules.failed(why, to, seen);
            now.exchange.fail(why);
        } else {
            ready.tryFailure(
                    new UpstreamException(why, to.at(), "connecting", seen, to.section() + ".http, .ca-file, .pins"));
        }
        ctx.close();
    }
}

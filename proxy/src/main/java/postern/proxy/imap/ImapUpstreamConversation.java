package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import postern.config.UpstreamTls;
import postern.credentials.LoginName;
import postern.proxy.imap.ImapUpstreamEffect.Fail;
import postern.proxy.imap.ImapUpstreamEffect.Opened;
import postern.proxy.imap.ImapUpstreamEffect.Send;
import postern.proxy.imap.ImapUpstreamEffect.StartTls;
import postern.proxy.imap.ImapUpstreamState.Connected;
import postern.proxy.imap.ImapUpstreamState.Upgrading;
import postern.proxy.session.Handlers;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamLines;

/** Carries an upstream's lines to {@link ImapUpstreamState} and its effects to the channel. */
final class ImapUpstreamConversation extends SimpleChannelInboundHandler<String> {

    private static final int LONGEST_SEEN = 200;

    private final Upstream upstream;
    private final LoginName name;
    private final UpstreamLines lines;
    private final Promise<Mailbox> opening;
    private ImapUpstreamState state;

    ImapUpstreamConversation(Upstream upstream, LoginName name, UpstreamLines lines, Promise<Mailbox> opening) {
        this.upstream = upstream;
        this.name = name;
        this.lines = lines;
        this.opening = opening;
        this.state = new Connected(
                ImapUpstreamLogin.to(name, upstream.settings().login()),
                upstream.settings().imap().tls() == UpstreamTls.STARTTLS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) {
        take(ctx, state.on(line));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                fail(ctx, failureOf(handshake.cause()), String.valueOf(handshake.cause()));
            } else if (state instanceof Upgrading upgrading) {
                take(ctx, upgrading.onEncrypted());
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    /** Who hangs up or falls silent in the middle of a handshake has shown no bad certificate. */
    private static UpstreamFailure failureOf(Throwable handshake) {
        return handshake instanceof ClosedChannelException || handshake instanceof SslHandshakeTimeoutException
                ? UpstreamFailure.UNREACHABLE
                : UpstreamFailure.UNTRUSTED;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, UpstreamFailure.UNREACHABLE, "it hung up");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case ReadTimeoutException _ -> fail(ctx, UpstreamFailure.UNREACHABLE, "it took too long");
            case TooLongFrameException tooLong ->
                fail(ctx, UpstreamFailure.CONFUSED, String.valueOf(tooLong.getMessage()));
            case DecoderException tls -> fail(ctx, UpstreamFailure.UNTRUSTED, String.valueOf(tls.getCause()));
            default -> fail(ctx, UpstreamFailure.UNREACHABLE, cause.toString());
        }
    }

    private void take(ChannelHandlerContext ctx, ImapUpstreamStep step) {
        state = step.next();
        for (ImapUpstreamEffect effect : step.effects()) {
            switch (effect) {
                case Send(String line) -> send(ctx, line);
                case StartTls() -> startTls(ctx);
                case Opened(String capabilities) -> opened(ctx, capabilities);
                case Fail(UpstreamFailure why, String seen) -> fail(ctx, why, seen);
            }
        }
    }

    /** The line may hold a password of ours, so it is wiped before its memory serves somebody else. */
    private static void send(ChannelHandlerContext ctx, String line) {
        ByteBuf bytes = ByteBufUtil.writeUtf8(ctx.alloc(), line + "\r\n");
        int length = bytes.readableBytes();
        ctx.writeAndFlush(bytes.retain()).addListener(_ -> {
            bytes.setZero(0, length);
            bytes.release();
        });
    }

    private void startTls(ChannelHandlerContext ctx) {
        if (lines.saidMore()) {
            fail(ctx, UpstreamFailure.UNTRUSTED, "it spoke between its OK to STARTTLS and the handshake");
        } else {
            ctx.pipeline()
                    .addFirst(
                            Handlers.TLS,
                            Dialer.tlsHandler(upstream, upstream.settings().imap(), ctx.channel()));
        }
    }

    private void opened(ChannelHandlerContext ctx, String capabilities) {
        ctx.channel().config().setAutoRead(false);
        if (!opening.trySuccess(new Mailbox(ctx.channel(), capabilities))) {
            ctx.close();
        }
    }

    private void fail(ChannelHandlerContext ctx, UpstreamFailure why, String seen) {
        String told = ImapUpstreamLogin.censor(seen, name, upstream.settings().login());
        String shown = told.length() > LONGEST_SEEN ? told.substring(0, LONGEST_SEEN) + "…" : told;
        opening.tryFailure(
                new UpstreamException(why, upstream.toString(), "logging in as " + name, shown, lookAt(why)));
        ctx.close();
    }

    private String lookAt(UpstreamFailure why) {
        String settings = "upstreams." + upstream.settings().name();
        return switch (why) {
            case NO_ROUTE -> "routes";
            case UNREACHABLE -> "whether it runs, " + settings + ".host and .login-timeout";
            case UNTRUSTED -> settings + ".ca-file, and the names in its certificate";
            case CONFUSED -> "whether that port speaks IMAP, " + settings + ".imap";
            case REFUSED -> settings + ".login, and whether the mailbox exists there";
        };
    }
}

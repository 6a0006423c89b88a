package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.credentials.Protocol;
import postern.proxy.imap.ImapEffect.Close;
import postern.proxy.imap.ImapEffect.Decide;
import postern.proxy.imap.ImapEffect.Forget;
import postern.proxy.imap.ImapEffect.Join;
import postern.proxy.imap.ImapEffect.OpenMailbox;
import postern.proxy.imap.ImapEffect.Reply;
import postern.proxy.imap.ImapEffect.StartTls;
import postern.proxy.imap.ImapState.Asking;
import postern.proxy.imap.ImapState.Closing;
import postern.proxy.imap.ImapState.Deciding;
import postern.proxy.imap.ImapState.Encrypting;
import postern.proxy.imap.ImapState.Greeted;
import postern.proxy.imap.ImapState.Joined;
import postern.proxy.imap.ImapState.Opening;
import postern.proxy.listen.DoorTls;
import postern.proxy.relay.Relay;
import postern.proxy.session.LiveSession;
import postern.proxy.session.SessionEnd;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** Carries commands to {@link ImapState} and its effects to the channel. Decides nothing itself. */
final class ImapConversation extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger LOG = LoggerFactory.getLogger(ImapConversation.class);

    private static final Duration LAST_MOMENT = Duration.ofSeconds(3);

    private final ImapFrontEnd door;
    private final DoorTls tls;
    private final NameRules names;
    private final boolean encrypted;
    private ImapState state = new Closing(); // deaf until it has said hello
    private @Nullable Mailbox mailbox;

    /**
     * @param encrypted whether TLS was on from the first byte
     */
    ImapConversation(ImapFrontEnd door, DoorTls tls, NameRules names, boolean encrypted) {
        this.door = door;
        this.tls = tls;
        this.names = names;
        this.encrypted = encrypted;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        take(ctx, ImapState.hello(encrypted));
    }

    /** The frame may hold a password, so it is wiped before its memory serves somebody else. */
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        try {
            switch (state) {
                case Greeted greeted -> take(ctx, greeted.on(ImapCommand.read(frame, names)));
                case Asking asking -> take(ctx, asking.on(ImapResponse.read(frame, names)));
                case Encrypting _, Deciding _, Opening _, Joined _, Closing _ -> {}
            }
        } finally {
            frame.setZero(0, frame.writerIndex());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent handshake
            when handshake.isSuccess() && state instanceof Encrypting now -> take(ctx, now.onEncrypted());
            case SessionEnd why
            when !(state instanceof Closing) ->
                take(
                        ctx,
                        ImapStep.to(new Closing(), new ImapFarewell().words(why).stripTrailing())
                                .and(new Close()));
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void decided(ChannelHandlerContext ctx, LoginOutcome outcome) {
        if (state instanceof Deciding deciding) {
            take(ctx, deciding.on(outcome));
        }
    }

    private void opened(ChannelHandlerContext ctx, Future<? super Mailbox> opening) {
        Mailbox opened = (Mailbox) opening.getNow();
        if (!(state instanceof Opening now)) {
            if (opened != null) {
                opened.channel().close();
            }
        } else if (opened != null) {
            mailbox = opened;
            take(ctx, now.onOpened(opened.capabilities()));
        } else {
            take(ctx, now.on(failureOf(opening.cause())));
        }
    }

    private static UpstreamFailure failureOf(@Nullable Throwable cause) {
        return cause instanceof UpstreamException known ? known.failure() : UpstreamFailure.UNREACHABLE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (state instanceof Closing) {
            ctx.close(); // it has heard its goodbye
            return;
        }
        String why = switch (cause) {
            case ReadTimeoutException _ -> "You took too long";
            case DecoderException _, IOException _ -> "I cannot read that";
            default -> {
                LOG.atError().setCause(cause).log("an IMAP connection failed on a bug");
                yield "Something broke here";
            }
        };
        take(ctx, state.interrupted("* BYE " + why + "."));
    }

    /** Stops reading before it acts, reads on after: so answers keep the order of commands. */
    private void take(ChannelHandlerContext ctx, ImapStep step) {
        boolean listened = state.listens();
        state = step.next();
        if (!state.listens()) {
            ctx.channel().config().setAutoRead(false);
        }
        for (ImapEffect effect : step.effects()) {
            perform(ctx, effect);
        }
        if (state.listens() && !(listened && ctx.channel().isWritable())) {
            pace(ctx);
        }
    }

    /** Who does not read our answers is not asked for more commands: the answers would be kept for it. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (state.listens()) {
            pace(ctx);
        }
    }

    private static void pace(ChannelHandlerContext ctx) {
        boolean maySpeak = ctx.channel().isWritable();
        ctx.channel().config().setAutoRead(maySpeak);
        if (maySpeak) {
            ctx.pipeline().fireUserEventTriggered(ImapFrames.Turn.GO_ON);
        }
    }

    private void perform(ChannelHandlerContext ctx, ImapEffect effect) {
        switch (effect) {
            case Reply(String line) -> ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), line + "\r\n"));
            case Decide(LoginName name, PresentedSecret secret) -> decide(ctx, name, secret);
            case Forget(PresentedSecret secret) -> secret.close();
            case StartTls() -> startTls(ctx);
            case OpenMailbox(LoginName name, AppPasswordId used) -> open(ctx, name, used);
            case Join() -> join(ctx);
            case Close() -> close(ctx);
        }
    }

    private void decide(ChannelHandlerContext ctx, LoginName name, PresentedSecret secret) {
        door.authenticator()
                .authenticate(new LoginAttempt(
                        Protocol.IMAP, name, secret, addressOf(ctx), Optional.empty(), goneWith(ctx.channel())))
                .thenAcceptAsync(outcome -> decided(ctx, outcome), ctx.executor());
    }

    /** The client may open its handshake with the very next byte, so nothing is read before TLS is there. */
    private void startTls(ChannelHandlerContext ctx) {
        ctx.pipeline().fireUserEventTriggered(ImapFrames.Turn.FORGET);
        tls.turnOn(ctx.pipeline());
        ctx.channel().config().setAutoRead(true);
    }

    private void open(ChannelHandlerContext ctx, LoginName name, AppPasswordId used) {
        door.sessions()
                .enter(new LiveSession(
                        Protocol.IMAP, name, used, addressOf(ctx), door.clock().instant(), ctx.channel()));
        door.upstream().open(name, ctx.channel().eventLoop()).addListener(opening -> opened(ctx, opening));
    }

    private void join(ChannelHandlerContext ctx) {
        Relay.join(ctx.channel(), Objects.requireNonNull(mailbox).channel(), new ImapFarewell());
    }

    /** Once the last line is out; or soon, should the client neither read nor finish its handshake. */
    private static void close(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        ctx.executor().schedule(() -> ctx.close(), LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** So that nothing is worked out for a client that has left. */
    private static CompletableFuture<Void> goneWith(Channel channel) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        channel.closeFuture().addListener(_ -> gone.complete(null));
        return gone;
    }

    /** A client that came by no network is on this machine. */
    private static InetAddress addressOf(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress tcp
                ? tcp.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}

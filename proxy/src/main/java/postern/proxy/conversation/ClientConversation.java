package postern.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.ClientState.AwaitingDecision;
import postern.proxy.conversation.ClientState.AwaitingMailbox;
import postern.proxy.conversation.ClientState.AwaitingTls;
import postern.proxy.conversation.ClientState.Over;
import postern.proxy.conversation.Effect.Close;
import postern.proxy.conversation.Effect.Decide;
import postern.proxy.conversation.Effect.DecideByAddress;
import postern.proxy.conversation.Effect.Forget;
import postern.proxy.conversation.Effect.Join;
import postern.proxy.conversation.Effect.Met;
import postern.proxy.conversation.Effect.OpenMailbox;
import postern.proxy.conversation.Effect.Reject;
import postern.proxy.conversation.Effect.Reply;
import postern.proxy.conversation.Effect.StartTls;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.LoginByAddress;
import postern.proxy.listen.Place;
import postern.proxy.listen.Rejection;
import postern.proxy.listen.Visitor;
import postern.proxy.relay.Relay;
import postern.proxy.session.ChannelLine;
import postern.proxy.session.LiveSession;
import postern.proxy.session.SessionEnd;
import postern.proxy.session.TlsTerms;
import postern.proxy.session.Traffic;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Hops;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** Carries commands to a {@link ClientState} and its effects to the channel. Decides nothing itself. */
public final class ClientConversation<S extends ClientState<S>> extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConversation.class);

    private static final Duration LAST_MOMENT = Duration.ofSeconds(3);

    private final Language<S> language;
    private final Doorkeeper door;
    private final DoorTls tls;
    private final NameRules names;
    private S state; // deaf until it has said hello
    private boolean rejected;
    private Optional<String> device = Optional.empty();
    private Hops hops = Hops.ALL;
    private @Nullable LiveSession session;
    private @Nullable Mailbox mailbox;

    public ClientConversation(Language<S> language, Doorkeeper door, DoorTls tls, NameRules names) {
        this.language = language;
        this.door = door;
        this.tls = tls;
        this.names = names;
        this.state = language.deaf();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        take(
                ctx,
                language.hello(
                        tls.isFirst(ctx.pipeline()), Visitor.of(ctx.channel()).rights()));
    }

    /** The frame may hold a password, so it is wiped before its memory serves somebody else. */
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        try {
            if (state.listens()) {
                take(ctx, language.hear(state, frame, names));
            }
        } finally {
            frame.setZero(0, frame.writerIndex());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent handshake
            when handshake.isSuccess() && state instanceof AwaitingTls<S> now -> take(ctx, now.onEncrypted());
            case SessionEnd why when !(state instanceof Over<?>) -> take(ctx, state.close(state.goodbye(why.words())));
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void decided(ChannelHandlerContext ctx, LoginOutcome outcome) {
        if (state instanceof AwaitingDecision<S, ?> deciding) {
            take(ctx, deciding.on(outcome));
        }
    }

    private void opened(ChannelHandlerContext ctx, Future<? super Mailbox> opening) {
        Mailbox opened = (Mailbox) opening.getNow();
        if (!(state instanceof AwaitingMailbox<S, ?> now)) {
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
        boolean encrypting = tls.isUnderWay(ctx.pipeline());
        if (state instanceof Over<?>) {
            bound(cause, encrypting).filter(_ -> encrypting).ifPresent(this::reject);
            ctx.close(); // it has heard its goodbye, or cannot hear it
            return;
        }
        String[] owed = state.owed().stream().toArray(String[]::new);
        take(
                ctx,
                bound(cause, encrypting)
                        .map(why -> state.reject(why, owed))
                        .orElseGet(() -> state.close(withGoodbye(owed, wordsFor(cause)))));
    }

    /** The one that the client went beyond, if it was that. */
    private static Optional<Rejection> bound(Throwable cause, boolean encrypting) {
        return switch (cause) {
            case ReadTimeoutException _ -> Optional.of(encrypting ? Rejection.TLS_TOO_SLOW : Rejection.TOO_SLOW);
            case BeyondBoundException beyond -> Optional.of(beyond.why());
            case TooLongFrameException _ when encrypting -> Optional.of(Rejection.TLS_HELLO);
            default -> Optional.empty();
        };
    }

    private String wordsFor(Throwable cause) {
        if (cause instanceof DecoderException || cause instanceof IOException) {
            return "I cannot read that";
        }
        LOG.atError()
                .addKeyValue("protocol", language.protocol())
                .setCause(cause)
                .log("a connection failed on a bug");
        return "Something broke here";
    }

    private String[] withGoodbye(String[] owed, String why) {
        return Stream.concat(Arrays.stream(owed), Stream.of(state.goodbye(why))).toArray(String[]::new);
    }

    /** Hears nothing more before it acts, and goes on after: so answers keep the order of commands. */
    private void take(ChannelHandlerContext ctx, Step<S, Effect> step) {
        boolean listened = state.listens();
        state = step.next();
        if (!state.listens()) {
            ctx.pipeline().fireUserEventTriggered(CommandFrames.Turn.WAIT);
        }
        for (Effect effect : step.effects()) {
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
            ctx.pipeline().fireUserEventTriggered(CommandFrames.Turn.GO_ON);
        }
    }

    private void perform(ChannelHandlerContext ctx, Effect effect) {
        switch (effect) {
            case Reply(String line) -> ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), line + "\r\n"));
            case Met(Optional<String> client, Hops left) -> {
                device = client;
                hops = hops.orLess(left);
            }
            case Decide(LoginName name, PresentedSecret secret) -> decide(ctx, name, secret);
            case DecideByAddress(LoginByAddress login) -> decide(ctx, login);
            case Forget(PresentedSecret secret) -> secret.close();
            case StartTls() -> startTls(ctx);
            case OpenMailbox(Accepted login) -> open(ctx, login);
            case Join(Optional<String> ahead) -> join(ctx, ahead);
            case Reject(Rejection why) -> reject(why);
            case Close() -> close(ctx);
        }
    }

    /** Once: what follows the first is of no interest. */
    private void reject(Rejection why) {
        if (!rejected) {
            rejected = true;
            door.connections().rejected(language.protocol(), why);
        }
    }

    private void decide(ChannelHandlerContext ctx, LoginName name, PresentedSecret secret) {
        decide(
                ctx,
                new LoginAttempt(
                        language.protocol(),
                        name,
                        secret,
                        Visitor.of(ctx.channel()).address(),
                        device,
                        TlsTerms.of(ctx.channel()).map(TlsTerms::version),
                        goneWith(ctx.channel())));
    }

    private void decide(ChannelHandlerContext ctx, LoginByAddress login) {
        decide(
                ctx,
                LoginAttempt.byAddress(
                        language.protocol(),
                        login.account(),
                        login.appPassword(),
                        Visitor.of(ctx.channel()).address(),
                        device,
                        TlsTerms.of(ctx.channel()).map(TlsTerms::version),
                        goneWith(ctx.channel())));
    }

    private void decide(ChannelHandlerContext ctx, LoginAttempt attempt) {
        door.authenticator().authenticate(attempt).thenAcceptAsync(outcome -> decided(ctx, outcome), ctx.executor());
    }

    /** The client may open its handshake with the very next byte, so nothing is read before TLS is there. */
    private void startTls(ChannelHandlerContext ctx) {
        ctx.pipeline().fireUserEventTriggered(CommandFrames.Turn.FORGET);
        tls.turnOn(ctx.pipeline());
        device = Optional.empty();
        ctx.channel().config().setAutoRead(true);
    }

    private void open(ChannelHandlerContext ctx, Accepted login) {
        Place.keep(ctx.channel());
        LiveSession entered = new LiveSession(
                door.sessions().newId(),
                language.protocol(),
                login.name(),
                login.used(),
                Visitor.of(ctx.channel()).address(),
                device.map(LoginAttempt::mended),
                TlsTerms.of(ctx.channel()),
                door.clock().instant(),
                Traffic.of(ctx.channel()),
                new ChannelLine(ctx.channel()));
        session = entered;
        tls.loggedIn(entered, ctx.pipeline());
        if (!door.sessions().enter(entered)) {
            take(ctx, ((AwaitingMailbox<S, ?>) state).onFull());
            return;
        }
        door.upstream()
                .open(
                        new Errand(login.name(), login.mailbox(), login.group(), entered.client(), hops),
                        ctx.channel().eventLoop(),
                        ctx.channel()::isActive)
                .addListener(opening -> opened(ctx, opening));
    }

    private void join(ChannelHandlerContext ctx, Optional<String> ahead) {
        Mailbox opened = Objects.requireNonNull(mailbox);
        LiveSession entered = Objects.requireNonNull(session);
        opened.dispersal().enter(ctx.channel());
        Relay.join(
                ctx.channel(),
                opened.channel(),
                language.farewell(opened, entered.name(), entered.appPassword()),
                opened.dispersal(),
                ahead.map(said -> Unpooled.copiedBuffer(said, StandardCharsets.ISO_8859_1)));
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
}

package postern.proxy.conversation;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postern.config.UpstreamSettings;
import postern.proxy.conversation.UpstreamEffect.Fail;
import postern.proxy.conversation.UpstreamEffect.Opened;
import postern.proxy.conversation.UpstreamEffect.Send;
import postern.proxy.conversation.UpstreamEffect.StartTls;
import postern.proxy.session.OwnConnections;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Manners;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamLines;
import postern.proxy.upstream.UpstreamProof;

/** Carries an upstream's lines to an {@link UpstreamState} and its effects to the channel. */
final class UpstreamConversation<S extends UpstreamState<S>> extends SimpleChannelInboundHandler<String> {

    private static final int LONGEST_SEEN = 200;

    private final UpstreamLanguage<S> language;
    private final Destination to;
    private final Aim<S> aim;
    private final Manners manners;
    private final UpstreamLines lines;
    private final Promise<Mailbox> opening;
    private S state;
    private boolean proved;

    /**
     * What it is for.
     *
     * @param doing in the operator's words
     * @param proof what the upstream must not be quoted with; empty when nothing is proved to it
     */
    record Aim<S>(S begin, String doing, Optional<UpstreamProof> proof) {

        static <S extends UpstreamState<S>> Aim<S> login(
                UpstreamLanguage<S> language, UpstreamProof proof, Errand errand, UpstreamSettings upstream) {
            return new Aim<>(
                    language.begin(proof, errand, upstream), "logging in as " + errand.mailbox(), Optional.of(proof));
        }

        static <S extends UpstreamState<S>> Aim<S> look(UpstreamLanguage<S> language, UpstreamSettings upstream) {
            return new Aim<>(language.look(upstream), "looking", Optional.empty());
        }
    }

    UpstreamConversation(
            UpstreamLanguage<S> language,
            Destination to,
            Aim<S> aim,
            Manners manners,
            UpstreamLines lines,
            Promise<Mailbox> opening) {
        this.language = language;
        this.to = to;
        this.aim = aim;
        this.manners = manners;
        this.lines = lines;
        this.opening = opening;
        this.state = aim.begin();
    }

    /** Whether it has heard what proves us. What it makes of that is not asked for twice. */
    boolean hasProved() {
        return proved;
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
            } else if (state instanceof UpstreamState.AwaitingTls<S> upgrading) {
                take(ctx, upgrading.onEncrypted());
            }
        }
        if (event == OwnConnections.Met.OURSELVES) {
            fail(ctx, UpstreamFailure.LOOPS, "it is a door of our own");
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

    private void take(ChannelHandlerContext ctx, Step<S, UpstreamEffect> step) {
        state = step.next();
        for (UpstreamEffect effect : step.effects()) {
            switch (effect) {
                case Send(String line) -> send(ctx, line);
                case StartTls() -> startTls(ctx);
                case Opened(List<String> capabilities) -> opened(ctx, capabilities);
                case Fail(UpstreamFailure why, String seen) -> fail(ctx, why, seen);
            }
        }
    }

    /** The line may hold a password of ours, so it is wiped before its memory serves somebody else. */
    private void send(ChannelHandlerContext ctx, String line) {
        proved |= !censored(line).equals(line);
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
            Dialer.encrypt(to, ctx.channel());
        }
    }

    /** It is joined to its client at once, or says nothing more until it is. */
    private void opened(ChannelHandlerContext ctx, List<String> capabilities) {
        Mailbox mailbox = new Mailbox(
                ctx.channel(),
                capabilities,
                language.isGuarded(to.upstream().settings()),
                to.upstream().dispersal(),
                manners);
        if (!opening.trySuccess(mailbox)) {
            ctx.close();
        } else if (!ctx.isRemoved()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void fail(ChannelHandlerContext ctx, UpstreamFailure why, String seen) {
        String told = censored(seen);
        String shown = told.length() > LONGEST_SEEN ? told.substring(0, LONGEST_SEEN) + "…" : told;
        opening.tryFailure(new UpstreamException(why, to.at(), aim.doing(), shown, lookAt(why)));
        ctx.close();
    }

    private String censored(String said) {
        return aim.proof().map(proof -> UpstreamLogin.censor(said, proof)).orElse(said);
    }

    private String lookAt(UpstreamFailure why) {
        String settings = to.section();
        String protocol = language.protocol().toString();
        return switch (why) {
            case NO_ROUTE -> "routes";
            case UNREACHABLE -> "whether it runs, " + settings + ".host and .login-timeout";
            case UNTRUSTED -> settings + ".ca-file, and the names in its certificate";
            case LOOPS -> settings + ".host, and where that name leads";
            case CONFUSED ->
                "whether that port speaks " + protocol.toUpperCase(Locale.ROOT) + ", " + settings + "." + protocol;
            case NO_TOKEN, CONSENT_LOST -> settings + ".login, and the grant of the mailbox";
            case REFUSED -> settings + ".login, and whether the mailbox exists there";
            case NOT_CONNECTED -> "whether the mailbox has a licence, and " + protocol + " is on for it";
            case SUBMISSION_DISABLED -> "whether authenticated SMTP is on for the mailbox and for its organisation";
            case BUSY, THROTTLED -> "how many sessions it allows for each mailbox, and for this machine";
        };
    }
}

package postern.proxy.conversation;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import postern.proxy.conversation.UpstreamLanguage.Reply;
import postern.proxy.session.Handlers;
import postern.proxy.upstream.UpstreamProof;

/** Asks an upstream that we are logged in at what is behind it, a question at a time, and hangs up behind the last answer. */
public final class Asking extends SimpleChannelInboundHandler<String> {

    private static final int LONGEST_SEEN = 200;

    private final UpstreamLanguage<?> language;
    private final Optional<UpstreamProof> proof;
    private final Deque<String> questions;
    private final Promise<List<Answer>> asking;
    private final List<Answer> answers = new ArrayList<>();

    /**
     * To one of them.
     *
     * @param line the last of it
     */
    public record Answer(String question, boolean good, String line) {}

    private Asking(
            UpstreamLanguage<?> language,
            Optional<UpstreamProof> proof,
            List<String> questions,
            Promise<List<Answer>> asking) {
        this.language = language;
        this.proof = proof;
        this.questions = new ArrayDeque<>(questions);
        this.asking = asking;
    }

    /**
     * Never fails: who hangs up or falls silent has answered no more than it has, within the time that it has for a login.
     *
     * @param channel of a mailbox that nobody was joined to
     * @param proof what it must not be quoted with
     */
    public static Future<List<Answer>> at(
            Channel channel, UpstreamLanguage<?> language, Optional<UpstreamProof> proof, List<String> questions) {
        Promise<List<Answer>> asking = channel.eventLoop().newPromise();
        Asking handler = new Asking(language, proof, questions, asking);
        channel.eventLoop().execute(() -> {
            if (channel.isActive()) {
                channel.pipeline().replace(Handlers.LOGIN, Handlers.LOGIN, handler);
                channel.config().setAutoRead(true);
            } else {
                asking.trySuccess(List.of());
            }
        });
        return asking;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ask(ctx);
    }

    private void ask(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), questions.element() + "\r\n"));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) {
        Reply reply = language.reply(line);
        if (reply == Reply.GOES_ON || questions.isEmpty()) {
            return;
        }
        String censored = proof.map(known -> UpstreamLogin.censor(line, known)).orElse(line);
        String told = censored.length() > LONGEST_SEEN ? censored.substring(0, LONGEST_SEEN) + "…" : censored;
        answers.add(new Answer(questions.remove(), reply == Reply.GOOD, told));
        if (questions.isEmpty()) {
            end(ctx);
        } else {
            ask(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(ctx);
    }

    private void end(ChannelHandlerContext ctx) {
        asking.trySuccess(List.copyOf(answers));
        ctx.close();
    }
}

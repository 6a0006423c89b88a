package postern.proxy.transcript;

import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.ClientState;
import postern.proxy.conversation.ClientState.AwaitingDecision;
import postern.proxy.conversation.ClientState.AwaitingMailbox;
import postern.proxy.conversation.ClientState.AwaitingTls;
import postern.proxy.conversation.CommandFrames;
import postern.proxy.conversation.Effect;
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
import postern.proxy.conversation.Language;
import postern.proxy.conversation.Step;
import postern.proxy.listen.LoginByAddress;
import postern.proxy.relay.Edit;
import postern.proxy.relay.Farewell;
import postern.proxy.relay.Guard;
import postern.proxy.upstream.UpstreamDoor.Mailbox;

/** Plays a transcript against the states alone: no channel but the one that cuts commands. */
public final class PurePlayer<S extends ClientState<S>> implements Player {

    private final Language<S> language;
    private final EmbeddedChannel frames;
    private final ByteBuf waiting = Unpooled.buffer();
    private final StringBuilder heard = new StringBuilder();
    private final StringBuilder mailboxHeard = new StringBuilder();
    private final List<String> capabilities;
    private final SampleWorld world;
    private S state;
    private @Nullable Farewell farewell;
    private @Nullable Farewell joined;
    private boolean open = true;

    /**
     * Says hello.
     *
     * @param capabilities of the mailbox, should it come to that
     */
    public PurePlayer(Language<S> language, CommandFrames frames, List<String> capabilities, SampleWorld world) {
        this.language = language;
        this.frames = new EmbeddedChannel(frames);
        this.capabilities = capabilities;
        this.world = world;
        Step<S, Effect> hello = language.hello(world.encrypted(), world.rights());
        this.state = hello.next();
        perform(hello);
    }

    @Override
    public void say(byte[] packet) {
        waiting.writeBytes(packet);
        turn();
    }

    /** A byte at a time, so that nothing but the command at hand is ever in the frames. */
    private void turn() {
        while (state.listens() && waiting.isReadable()) {
            cut(waiting.readBytes(1));
            heard.append(sentTo(frames));
            ByteBuf frame = frames.readInbound();
            if (frame != null) {
                take(language.hear(state, frame, world.names()));
                frame.release();
            }
        }
        if (joined instanceof Guard guard) {
            relay(guard);
        } else if (joined != null) {
            mailboxHeard.append(waiting.readCharSequence(waiting.readableBytes(), StandardCharsets.UTF_8));
        }
    }

    private void relay(Guard guard) {
        for (int left = -1; left != waiting.readableBytes() && !guard.isOver(); ) {
            left = waiting.readableBytes();
            ByteBuf upstream = guard.listens() ? guard.hear(waiting) : Unpooled.EMPTY_BUFFER;
            mailboxHeard.append(upstream.toString(StandardCharsets.UTF_8));
            upstream.release();
            heard.append(guard.due());
        }
        open = !guard.isOver();
    }

    private void cut(ByteBuf one) {
        try {
            frames.writeInbound(one);
        } catch (DecoderException _) {
            take(state.close(state.goodbye("I cannot read that")));
        }
    }

    private void take(Step<S, Effect> step) {
        state = step.next();
        perform(step);
    }

    private void perform(Step<S, Effect> step) {
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Reply(String line) -> heard.append(line).append("\r\n");
                case Decide(LoginName name, PresentedSecret secret) ->
                    take(((AwaitingDecision<S, ?>) state).on(world.decide(name, secret)));
                case DecideByAddress(LoginByAddress login) ->
                    take(((AwaitingDecision<S, ?>) state)
                            .on(world.decideByAddress(login.account(), login.appPassword())));
                case Met _ -> {} // of interest to the decision alone
                case Reject _ -> {} // to the metrics
                case Forget(PresentedSecret secret) -> secret.close();
                case StartTls() -> waiting.clear();
                case OpenMailbox(Accepted login) -> {
                    farewell = language.farewell(new Mailbox(frames, capabilities), login.name(), login.used());
                    take(opened((AwaitingMailbox<S, ?>) state));
                }
                case Join(Optional<String> ahead) -> {
                    joined = farewell;
                    ahead.ifPresent(this::unsay);
                }
                case Close() -> open = false;
            }
        }
    }

    private Step<S, Effect> opened(AwaitingMailbox<S, ?> opening) {
        if (!world.hasRoom()) {
            return opening.onFull();
        }
        return world.upstreamFailure().map(opening::on).orElseGet(() -> opening.onOpened(capabilities));
    }

    /** The mailbox hears it first. */
    private void unsay(String ahead) {
        ByteBuf rest = waiting.copy();
        waiting.clear().writeBytes(ahead.getBytes(StandardCharsets.ISO_8859_1)).writeBytes(rest);
        rest.release();
    }

    @Override
    public void handshake() {
        take(((AwaitingTls<S>) state).onEncrypted());
        turn();
    }

    /** As the relay has it. */
    @Override
    public void mailboxSay(byte[] packet) {
        Farewell now = Objects.requireNonNull(joined);
        ByteBuf said = Unpooled.wrappedBuffer(packet);
        now.follow(said);
        int from = 0;
        for (Edit edit : now.edits()) {
            heard.append(said.toString(from, edit.from() - from, StandardCharsets.UTF_8))
                    .append(edit.text());
            from = edit.to();
        }
        heard.append(said.toString(from, packet.length - from, StandardCharsets.UTF_8));
        turn();
    }

    @Override
    public void mailboxLeave() {
        heard.append(Objects.requireNonNull(joined).wordsForTheUpstream());
        open = false;
    }

    @Override
    public String heard() {
        return takeAll(heard);
    }

    @Override
    public String mailboxHeard() {
        return takeAll(mailboxHeard);
    }

    private static String takeAll(StringBuilder text) {
        String all = text.toString();
        text.setLength(0);
        return all;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        frames.finishAndReleaseAll();
        waiting.release();
    }
}

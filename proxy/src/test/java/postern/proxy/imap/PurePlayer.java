package postern.proxy.imap;

import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.imap.ImapEffect.Close;
import postern.proxy.imap.ImapEffect.Decide;
import postern.proxy.imap.ImapEffect.Forget;
import postern.proxy.imap.ImapEffect.Join;
import postern.proxy.imap.ImapEffect.OpenMailbox;
import postern.proxy.imap.ImapEffect.Reply;
import postern.proxy.imap.ImapEffect.StartTls;
import postern.proxy.imap.ImapState.Asking;
import postern.proxy.imap.ImapState.Deciding;
import postern.proxy.imap.ImapState.Encrypting;
import postern.proxy.imap.ImapState.Greeted;
import postern.proxy.imap.ImapState.Joined;
import postern.proxy.imap.ImapState.Opening;
import postern.proxy.transcript.Given;
import postern.proxy.transcript.Player;

/** Plays a transcript against the states alone: no channel but the one that cuts commands. */
final class PurePlayer implements Player {

    private final EmbeddedChannel frames = new EmbeddedChannel(new ImapFrames());
    private final ByteBuf waiting = Unpooled.buffer();
    private final StringBuilder heard = new StringBuilder();
    private final StringBuilder mailboxHeard = new StringBuilder();
    private final SampleWorld world;
    private ImapState state;
    private boolean open = true;

    PurePlayer(Set<Given> givens) {
        world = new SampleWorld(givens);
        ImapStep hello = ImapState.hello(world.encrypted());
        state = hello.next();
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
                take(read(frame));
                frame.release();
            }
        }
        if (state instanceof Joined) {
            mailboxHeard.append(waiting.readCharSequence(waiting.readableBytes(), StandardCharsets.UTF_8));
        }
    }

    private void cut(ByteBuf one) {
        try {
            frames.writeInbound(one);
        } catch (DecoderException _) {
            take(ImapStep.to(new ImapState.Closing(), "* BYE I cannot read that.")
                    .and(new Close()));
        }
    }

    private ImapStep read(ByteBuf frame) {
        return switch (state) {
            case Greeted greeted -> greeted.on(ImapCommand.read(frame, NameRules.NONE));
            case Asking asking -> asking.on(ImapResponse.read(frame, NameRules.NONE));
            default -> throw new AssertionError(state + " heard a command");
        };
    }

    private void take(ImapStep step) {
        state = step.next();
        perform(step);
    }

    private void perform(ImapStep step) {
        for (ImapEffect effect : step.effects()) {
            switch (effect) {
                case Reply(String line) -> heard.append(line).append("\r\n");
                case Decide(LoginName name, PresentedSecret secret) ->
                    take(((Deciding) state).on(world.decide(name, secret)));
                case Forget(PresentedSecret secret) -> secret.close();
                case StartTls() -> waiting.clear();
                case OpenMailbox(LoginName _, AppPasswordId _) -> take(opened((Opening) state));
                case Join() -> {}
                case Close() -> open = false;
            }
        }
    }

    private ImapStep opened(Opening opening) {
        return world.upstreamFailure().map(opening::on).orElseGet(() -> opening.onOpened(SampleWorld.CAPABILITIES));
    }

    @Override
    public void handshake() {
        take(((Encrypting) state).onEncrypted());
        turn();
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

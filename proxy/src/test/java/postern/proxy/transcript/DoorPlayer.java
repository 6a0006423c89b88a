package postern.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import postern.config.ListenerTls;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.SampleBounds;
import postern.proxy.listen.DoorRules;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.FrontEnd;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.UnobservedDoors;
import postern.proxy.listen.Visitor;
import postern.proxy.session.Handlers;
import postern.proxy.session.SampleSessions;
import postern.proxy.upstream.UpstreamDoor;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;

/** Plays a transcript at the real door: its handlers, the relay, and a mailbox that listens. */
public final class DoorPlayer implements Player {

    private static final DoorTls FROM_THE_START = SampleTls.door(ListenerTls.IMPLICIT);
    private static final DoorTls ONCE_ASKED_FOR = SampleTls.door(ListenerTls.STARTTLS);

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel mailbox = new EmbeddedChannel();
    private final EmbeddedChannel client;

    /**
     * Opens the door to one client.
     *
     * @param capabilities of the mailbox behind it
     */
    public DoorPlayer(Function<Doorkeeper, FrontEnd> behind, List<String> capabilities, SampleWorld world) {
        UpstreamDoor upstream = (_, loop, _) -> open(world, new Mailbox(mailbox, capabilities), loop);
        FrontEnd door = behind.apply(new Doorkeeper(
                attempt -> decide(world, attempt),
                upstream,
                world.hasRoom() ? SampleSessions.sessions() : SampleSessions.full(),
                new UnobservedDoors(),
                InstantSource.fixed(MONDAY)));
        this.client = new EmbeddedChannel(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setAllocator(memory);
                new Visitor(InetAddress.getLoopbackAddress(), world.rights()).enter(channel);
                door.attach(
                        channel.pipeline(),
                        world.encrypted() ? FROM_THE_START : ONCE_ASKED_FOR,
                        new DoorRules(world.names(), SampleBounds.BOUNDS));
            }
        });
    }

    private static CompletionStage<LoginOutcome> decide(SampleWorld world, LoginAttempt attempt) {
        return CompletableFuture.completedFuture(attempt.byAddress()
                .map(appPassword -> world.decideByAddress(attempt.name(), appPassword))
                .orElseGet(() -> world.decide(attempt.name(), attempt.secret())));
    }

    private static Future<Mailbox> open(SampleWorld world, Mailbox mailbox, EventLoop loop) {
        mailbox.channel().config().setAutoRead(false);
        return world.upstreamFailure()
                .map(failure -> loop.<Mailbox>newFailedFuture(
                        new UpstreamException(failure, "mail.example", "logging in", "NO", "the sky")))
                .orElseGet(() -> loop.newSucceededFuture(mailbox));
    }

    /** Between STARTTLS and the handshake only TLS can arrive; what else does, {@code StartTlsSocketTest} sends. */
    @Override
    public void say(byte[] packet) {
        if (client.isOpen() && client.pipeline().get(Handlers.TLS) == null) {
            client.writeInbound(memory.buffer().writeBytes(packet));
            client.runPendingTasks();
        }
    }

    @Override
    public void handshake() {
        assertThat(client.pipeline().first()).isSameAs(client.pipeline().get(Handlers.TLS));
        client.pipeline().remove(Handlers.TLS);
        client.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
        client.runPendingTasks();
    }

    @Override
    public void mailboxSay(byte[] packet) {
        mailbox.writeInbound(memory.buffer().writeBytes(packet));
        run();
    }

    @Override
    public void mailboxLeave() {
        mailbox.close();
        run();
    }

    private void run() {
        client.runPendingTasks();
        mailbox.runPendingTasks();
    }

    @Override
    public String heard() {
        return sentTo(client);
    }

    @Override
    public String mailboxHeard() {
        return sentTo(mailbox);
    }

    @Override
    public boolean isOpen() {
        return client.isOpen();
    }

    /** Whatever way it went, no buffer of it is left. */
    @Override
    public void close() {
        client.finishAndReleaseAll();
        mailbox.finishAndReleaseAll();
        assertThat(memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory())
                .as("bytes leaked")
                .isZero();
    }
}

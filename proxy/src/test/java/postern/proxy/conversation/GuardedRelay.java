package postern.proxy.conversation;

import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import postern.proxy.relay.Farewell;
import postern.proxy.relay.Relay;
import postern.proxy.session.SessionEnd;

/** A client and an upstream that are joined, and what they hear of each other. */
public final class GuardedRelay implements AutoCloseable {

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel upstream = new EmbeddedChannel();

    public GuardedRelay(Farewell guard) {
        client.freezeTime();
        Relay.join(client, upstream, guard, () -> Duration.ZERO);
    }

    /** Whoever was hung up on may still be talking. */
    public void clientSays(String text) {
        if (client.isOpen()) {
            client.writeInbound(bytes(text));
        }
        run();
    }

    public void upstreamSays(String text) {
        upstream.writeInbound(bytes(text));
        run();
    }

    public void upstreamLeaves() {
        upstream.close();
        run();
    }

    /** It says nothing more, and listens on. */
    public void clientFallsSilent() {
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        run();
    }

    public String clientHears() {
        return sentTo(client);
    }

    public String upstreamHears() {
        return sentTo(upstream);
    }

    public boolean isClientRead() {
        return client.config().isAutoRead();
    }

    public boolean isOpen() {
        return client.isOpen() && upstream.isOpen();
    }

    public void end(SessionEnd why) {
        client.pipeline().fireUserEventTriggered(why);
        run();
    }

    public void pass(int milliseconds) {
        client.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
    }

    private void run() {
        client.runPendingTasks();
        upstream.runPendingTasks();
    }

    @Override
    public void close() {
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
    }
}

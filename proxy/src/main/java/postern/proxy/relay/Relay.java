package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import postern.proxy.session.Allowance;
import postern.proxy.session.Handlers;

/**
 * Joins a client to its mailbox.
 *
 * <pre>
 *   client ─→ tls ─→ guard ─→ ToUpstream ─→ upstream     the slower side sets the pace
 *   client ←─ tls ←────────── ToClient   ←─ upstream     and Farewell knows where to stop
 *                    ╰── of those protocols that have one
 * </pre>
 */
public final class Relay {

    /** From the tail on: what a place still holds then flows to the relay, in order. */
    private static final List<String> OF_THE_LOGIN = List.of(Handlers.LOGIN, Handlers.FRAMES, Handlers.DEADLINE);

    private Relay() {}

    /**
     * Both channels must live on one event loop; call it there.
     *
     * @param untilTold how long to wait before a client is told that its upstream has died
     */
    public static void join(Channel client, Channel upstream, Farewell farewell, Supplier<Duration> untilTold) {
        join(client, upstream, farewell, untilTold, Optional.empty());
    }

    /** The same with something that the client has said already. */
    public static void join(
            Channel client,
            Channel upstream,
            Farewell farewell,
            Supplier<Duration> untilTold,
            Optional<ByteBuf> ahead) {
        ToClient toClient = new ToClient(client, farewell, untilTold);
        takeOver(upstream.pipeline(), toClient, Optional.empty());
        if (farewell instanceof Guard guard) {
            client.pipeline().addLast(Handlers.GUARD, new GuardHandler(guard, toClient));
        }
        takeOver(client.pipeline(), new ToUpstream(upstream, toClient), ahead);
        Allowance.ofSession(client);
        upstream.config().setAutoRead(true);
        client.config().setAutoRead(true);
        // From here on only: before its login, whoever says nothing more has left, and nothing is worked out for it.
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        // Who left before this moment will not say so again.
        if (!upstream.isOpen()) {
            toClient.left();
        } else if (!client.isOpen()) {
            upstream.close();
        }
    }

    private static void takeOver(ChannelPipeline pipeline, RelayHandler relay, Optional<ByteBuf> ahead) {
        pipeline.addLast(Handlers.RELAY, relay);
        ahead.ifPresent(
                said -> pipeline.context(Handlers.LOGIN).fireChannelRead(said).fireChannelReadComplete());
        OF_THE_LOGIN.stream().filter(place -> pipeline.get(place) != null).forEach(pipeline::remove);
    }
}

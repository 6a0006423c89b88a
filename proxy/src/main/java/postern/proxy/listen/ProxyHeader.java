package postern.proxy.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import postern.config.ProxyProtocolSettings;
import postern.proxy.session.SessionEnd;

/**
 * The first thing that a load balancer says: for whom it speaks. Nobody is greeted before, no limit is
 * asked and no TLS begun, since all of these go by whom it is for. A header that is malformed, too
 * long, missing or late ends the connection without a word.
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {

    private final Duration patience;
    private final Consumer<InetAddress> arrival;
    private final Consumer<String> refusal;
    private @Nullable Future<?> end;
    private boolean over;

    private ProxyHeader(Duration patience, Consumer<InetAddress> arrival, Consumer<String> refusal) {
        this.patience = patience;
        this.arrival = arrival;
        this.refusal = refusal;
    }

    /**
     * Reads the header, and then lets the client in.
     *
     * @param arrival puts the handlers of a client that comes from there behind those that read the header
     * @param refusal is told why a connection ends here
     */
    static void expect(
            Passage way, ProxyProtocolSettings settings, Consumer<InetAddress> arrival, Consumer<String> refusal) {
        way.add(new HAProxyMessageDecoder(settings.extraBytes()));
        way.add(new ProxyHeader(settings.timeout(), arrival, refusal));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        end = ctx.executor().schedule(() -> refuse(ctx, "no header in time"), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (end != null) {
            end.cancel(false);
        }
    }

    /** The decoder hands on what came behind the header once this has returned, and leaves. */
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
        if (over) {
            return; // behind a header that was refused
        }
        InetAddress client = spokenFor(header).orElseGet(() -> Visitor.peerOf(ctx.channel()));
        over = true;
        arrival.accept(client);
        ctx.fireChannelActive(); // whoever has just been added has not heard it
        ctx.pipeline().remove(this);
    }

    /** Nobody but itself, when it asks how we are or cannot tell. */
    private static Optional<InetAddress> spokenFor(HAProxyMessage header) {
        return switch (header.command()) {
            case LOCAL -> Optional.empty();
            case PROXY ->
                switch (header.proxiedProtocol()) {
                    case TCP4, TCP6 -> Optional.of(InetAddress.ofLiteral(header.sourceAddress()));
                    case UNKNOWN, UNIX_STREAM -> Optional.empty();
                    case UDP4, UDP6, UNIX_DGRAM -> throw new DecoderException("not a stream");
                };
        };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refuse(ctx, String.valueOf(cause.getMessage()));
    }

    /** A goodbye, too, is for clients that are known. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SessionEnd && !over) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void refuse(ChannelHandlerContext ctx, String why) {
        if (!over) {
            over = true;
            refusal.accept(why);
            ctx.close();
        }
    }
}

package postern.proxy.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Behind everything else on a door's own channel: told when no client can be accepted, as a rule because there are no file
 * descriptors left. Before it, Netty has already stopped accepting for a second: who waits in the backlog would make us ask
 * again at once, and do nothing else (trap 46).
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final String listener;
    private final ConnectionObserver observer;
    private boolean told;

    AcceptFailures(String listener, ConnectionObserver observer) {
        this.listener = listener;
        this.observer = observer;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        observer.acceptFailed(listener);
        if (!told) {
            told = true;
            ctx.executor().schedule(() -> told = false, BETWEEN_LINES.toSeconds(), TimeUnit.SECONDS);
            LOG.atWarn()
                    .addKeyValue("listener", listener)
                    .addKeyValue("cause", String.valueOf(cause.getMessage()))
                    .log("no client can be accepted now");
        }
    }
}

package postern.proxy.listen;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import postern.config.ListenerTls;
import postern.proxy.session.Handlers;

/**
 * When a door's connections are encrypted: from the first byte, or once the client asks.
 *
 * @param context what to encrypt them with
 */
public record DoorTls(ListenerTls mode, SslContext context) {

    /** For a client that does not read to take our close_notify; then it is cut off. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

    /** From here on all bytes are TLS, the next one that arrives included. Call it on the event loop. */
    public void turnOn(ChannelPipeline client) {
        SslHandler tls = context.newHandler(client.channel().alloc());
        tls.setCloseNotifyFlushTimeoutMillis(LAST_MOMENT.toMillis());
        client.addFirst(Handlers.TLS, tls);
    }
}

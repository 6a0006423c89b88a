package postern.proxy.listen;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import postern.config.ListenerTls;
import postern.proxy.session.Handlers;

/**
 * When a door's connections are encrypted: from the first byte, or once the client asks.
 *
 * @param context what to encrypt them with
 */
public record DoorTls(ListenerTls mode, SslContext context) {

    /** From here on all bytes are TLS, the next one that arrives included. Call it on the event loop. */
    public void turnOn(ChannelPipeline client) {
        client.addFirst(Handlers.TLS, context.newHandler(client.channel().alloc()));
    }
}

package postern.proxy.listen;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import postern.config.ListenerTls;
import postern.config.TlsVersion;
import postern.credentials.LoginName;
import postern.proxy.session.Handlers;

/**
 * When a door's connections are encrypted: from the first byte, or once the client asks.
 *
 * @param listener the door's name
 * @param context what to encrypt them with
 */
public record DoorTls(String listener, ListenerTls mode, SslContext context, TlsObserver observer) {

    /** For a client that does not read to take our close_notify; then it is cut off. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

    /** From here on all bytes are TLS, the next one that arrives included. Call it on the event loop. */
    public void turnOn(ChannelPipeline client) {
        SslHandler tls = context.newHandler(client.channel().alloc());
        tls.setCloseNotifyFlushTimeoutMillis(LAST_MOMENT.toMillis());
        tls.handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                versionOf(tls).ifPresent(version -> observer.encrypted(listener, version));
            } else {
                observer.failed(listener);
            }
        });
        client.addFirst(Handlers.TLS, tls);
    }

    /** That this client's app password was right, for those who count who still needs what. */
    public void loggedIn(ChannelPipeline client, LoginName name) {
        if (client.get(Handlers.TLS) instanceof SslHandler tls) {
            versionOf(tls)
                    .filter(TlsVersion::isOld)
                    .ifPresent(version -> observer.loggedInByOld(listener, version, name));
        }
    }

    private static Optional<TlsVersion> versionOf(SslHandler tls) {
        return TlsVersion.ofProtocol(tls.engine().getSession().getProtocol());
    }
}

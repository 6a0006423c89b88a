package postern.proxy.listen;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import postern.config.ListenerSettings;
import postern.config.TlsRules;
import postern.config.TlsVersion;
import postern.proxy.session.Handlers;
import postern.proxy.session.LiveSession;

/**
 * When a door's connections are encrypted, from the first byte or once the client asks, and with what. Each
 * door has contexts of its own, so that a session begun at one is resumed at no other.
 */
public final class DoorTls {

    /** For a client that does not read to take our close_notify; then it is cut off. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

    /** One context for each certificate; and another for clients from the legacy networks, where there are any. */
    record Contexts(
            Certificates certificates,
            Map<ServerCertificate, SslContext> ofAll,
            Map<ServerCertificate, SslContext> ofLegacy) {}

    private final ListenerSettings listener;
    private final TlsObserver observer;
    private volatile Contexts contexts;

    DoorTls(ListenerSettings listener, Certificates certificates, TlsObserver observer) throws IOException {
        this.listener = listener;
        this.observer = observer;
        this.contexts = contexts(certificates);
    }

    /** Of these certificates, under this door's rules. */
    Contexts contexts(Certificates certificates) throws IOException {
        TlsRules rules = listener.tlsRules();
        Map<ServerCertificate, SslContext> all = contexts(certificates, rules);
        return new Contexts(
                certificates, all, rules.legacyNetworks().isEmpty() ? all : contexts(certificates, rules.forLegacy()));
    }

    private Map<ServerCertificate, SslContext> contexts(Certificates certificates, TlsRules rules) throws IOException {
        Map<ServerCertificate, SslContext> all = new HashMap<>();
        for (ServerCertificate one : certificates.all()) {
            all.put(one, TlsContexts.forClients(one, listener, rules));
        }
        return Map.copyOf(all);
    }

    /** For connections from now on; those that are there go on as they are. */
    void use(Contexts fresh) {
        contexts = fresh;
    }

    /** Whether the first word to a client is said in TLS. */
    public boolean isFirst(ChannelPipeline client) {
        return switch (listener.tls()) {
            case IMPLICIT -> true;
            case STARTTLS -> false;
            case AUTODETECT -> client.get(Handlers.TLS) != null;
        };
    }

    /** For a client that has nothing in its pipeline yet but who makes room for us. */
    void begin(Passage client) {
        switch (listener.tls()) {
            case IMPLICIT -> client.add(Handlers.TLS, new HelloHandler(this));
            case STARTTLS -> {} // once it asks
            case AUTODETECT -> client.add(new FirstByte(this, listener.autodetectWait()));
        }
    }

    /** Behind who has seen the first byte of it, and hands it on. */
    void begin(ChannelHandlerContext behind) {
        behind.pipeline().addAfter(behind.name(), Handlers.TLS, new HelloHandler(this));
    }

    /** From here on all bytes are TLS, the next one that arrives included. Call it on the event loop. */
    public void turnOn(ChannelPipeline client) {
        client.addFirst(Handlers.TLS, new HelloHandler(this));
    }

    /** Whether a client that says what it means to speak means what is spoken here (RFC 7301). Most do not say. */
    boolean speaks(ClientHello hello) {
        return hello.protocols().isEmpty()
                || TlsContexts.protocolIds(listener.protocol()).stream().anyMatch(hello.protocols()::contains);
    }

    /** What goes on with a client that has said this. */
    SslHandler encryption(ClientHello hello, Rights rights, ByteBufAllocator memory) {
        Contexts now = contexts;
        ServerCertificate shown = now.certificates().shownTo(hello);
        SslHandler tls = Objects.requireNonNull((rights.oldTls() ? now.ofLegacy() : now.ofAll()).get(shown))
                .newHandler(memory);
        tls.setCloseNotifyFlushTimeoutMillis(LAST_MOMENT.toMillis());
        tls.setHandshakeTimeoutMillis(0); // the login's deadline is the handshake's
        tls.handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                versionOf(tls).ifPresent(version -> observer.encrypted(listener.name(), version));
            } else {
                failed();
            }
        });
        return tls;
    }

    int mostHelloBytes() {
        return listener.beforeLogin().tlsHello();
    }

    /** Whether it has begun with this client, and is not on yet. */
    public boolean isUnderWay(ChannelPipeline client) {
        ChannelHandler handler = client.get(Handlers.TLS);
        return handler instanceof SslHandler tls ? !tls.handshakeFuture().isSuccess() : handler != null;
    }

    void failed() {
        observer.failed(listener.name());
    }

    /** That this client's app password was right, for those who count who still needs what. */
    public void loggedIn(LiveSession session, ChannelPipeline client) {
        if (client.get(Handlers.TLS) == null) {
            observer.loggedInInTheClear(listener.name(), session.name());
        } else if (client.get(Handlers.TLS) instanceof SslHandler tls) {
            versionOf(tls)
                    .filter(TlsVersion::isOld)
                    .ifPresent(version -> observer.loggedInByOld(listener.name(), version, session));
        }
    }

    private static Optional<TlsVersion> versionOf(SslHandler tls) {
        return TlsVersion.ofProtocol(tls.engine().getSession().getProtocol());
    }
}

package postern.proxy.conversation;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import postern.proxy.session.Handlers;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Manners;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamLines;

/**
 * A visit at an upstream for whoever wants to know how it is: up to where a login would begin, by the same way, and no further.
 * Proves nothing, and leaves with a goodbye.
 */
public final class Look {

    /**
     * What there was to be seen.
     *
     * @param from where we called from; empty: there was no connection
     * @param chain of certificates; empty: there was no TLS, or it showed none that is good
     * @param tls its version
     * @param greeting empty: it said nothing
     * @param offered as it was said
     * @param failure empty: it got as far as a login would begin
     */
    public record Seen(
            Optional<InetSocketAddress> from,
            Duration connected,
            List<X509Certificate> chain,
            String tls,
            String greeting,
            List<String> offered,
            Optional<Throwable> failure) {}

    private Look() {}

    /** Never fails. Takes no longer than the time for a login that the upstream's settings have. */
    public static <S extends UpstreamState<S>> Future<Seen> at(
            InetSocketAddress address,
            Destination to,
            UpstreamLanguage<S> language,
            Dialer dialer,
            EventLoop loop,
            Ticker ticker) {
        Promise<Seen> seeing = loop.newPromise();
        Promise<Mailbox> opening = loop.newPromise();
        UpstreamLines lines = new UpstreamLines();
        Witness witness = new Witness(ticker);
        UpstreamConversation<S> conversation = new UpstreamConversation<>(
                language,
                to,
                UpstreamConversation.Aim.look(language, to.upstream().settings()),
                Manners.NONE,
                lines,
                opening);
        opening.addListener(_ -> {
            if (opening.isSuccess()) {
                List<String> goodbye = List.of(language.questions().getLast());
                Asking.at(opening.getNow().channel(), language, Optional.empty(), goodbye)
                        .addListener(_ -> seeing.trySuccess(witness.seen(opening)));
            } else {
                seeing.trySuccess(witness.seen(opening));
            }
        });
        ChannelInitializer<Channel> frames = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(lines, witness);
            }
        };
        dialer.dial(to, address, to.upstream().settings().dialing().loginTimeout(), loop, frames, conversation)
                .addListener(dialled -> {
                    if (!dialled.isSuccess()) {
                        opening.tryFailure(dialled.cause());
                    }
                });
        return seeing;
    }

    /** Sees what passes, and lets it pass. */
    private static final class Witness extends ChannelInboundHandlerAdapter {

        private final Ticker ticker;
        private final long begin;
        private Optional<InetSocketAddress> from = Optional.empty();
        private Duration connected = Duration.ZERO;
        private List<X509Certificate> chain = List.of();
        private String tls = "";
        private Optional<String> greeting = Optional.empty();

        Witness(Ticker ticker) {
            this.ticker = ticker;
            this.begin = ticker.read();
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            connected = Duration.ofNanos(ticker.read() - begin);
            from = Optional.of((InetSocketAddress) ctx.channel().localAddress());
            ctx.fireChannelActive();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent
                    && ctx.pipeline().get(Handlers.TLS) instanceof SslHandler handler) {
                SSLSession session = handler.engine().getSession();
                chain = certificates(session);
                tls = chain.isEmpty() ? "" : session.getProtocol();
            }
            ctx.fireUserEventTriggered(event);
        }

        private static List<X509Certificate> certificates(SSLSession session) {
            try {
                return Stream.of(session.getPeerCertificates())
                        .map(X509Certificate.class::cast)
                        .toList();
            } catch (SSLPeerUnverifiedException _) {
                return List.of();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object line) {
            greeting = greeting.or(() -> Optional.of((String) line));
            ctx.fireChannelRead(line);
        }

        Seen seen(Future<Mailbox> opening) {
            return new Seen(
                    from,
                    connected,
                    chain,
                    tls,
                    greeting.orElse(""),
                    opening.isSuccess() ? opening.getNow().capabilities() : List.of(),
                    Optional.ofNullable(opening.cause()));
        }
    }
}

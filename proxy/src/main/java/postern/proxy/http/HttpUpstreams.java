package postern.proxy.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.proxy.sasl.BasicMessage;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Hosts;
import postern.proxy.upstream.Routes;
import postern.proxy.upstream.Tries;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamObserver;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

/** The way to a mailbox by HTTP: route, proof, connection. */
public final class HttpUpstreams {

    private static final Logger LOG = LoggerFactory.getLogger(HttpUpstreams.class);

    private static final int MOST_HEAD = 32 * 1024;
    private static final int MOST_LINE = 4 * 1024;
    private static final int PIECE = 16 * 1024;

    private final Routes routes;
    private final Dialer dialer;
    private final UpstreamObserver observer;
    private final Ticker ticker;
    private final Map<String, Hosts> hosts = new HashMap<>();

    public HttpUpstreams(Routes routes, Dialer dialer, UpstreamObserver observer, Ticker ticker) {
        this.routes = routes;
        this.dialer = dialer;
        this.observer = observer;
        this.ticker = ticker;
        for (Upstream upstream : routes.upstreams().values()) {
            UpstreamSettings settings = upstream.settings();
            Hosts known = new Hosts(
                    settings.name(), Protocol.ACTIVESYNC, settings.http().door(), settings.dialing(), ticker);
            hosts.put(settings.name(), known);
            observer.known(Protocol.ACTIVESYNC, settings.name(), known);
        }
    }

    Optional<Upstream> route(Errand errand) {
        return routes.of(errand);
    }

    static UpstreamException noRoute(Errand errand) {
        return new UpstreamException(
                UpstreamFailure.NO_ROUTE,
                "no upstream",
                "looking for the mailbox of " + errand.mailbox(),
                "no route for the person, their group or domain, and no default",
                "routes");
    }

    /** The Authorization that opens the mailbox there; failed by an {@link UpstreamException}. */
    CompletionStage<String> proof(Upstream upstream, Errand errand, Protocol protocol) {
        return upstream.proofs().of(errand, protocol).thenCompose(proof -> authorization(upstream, errand, proof));
    }

    private static CompletionStage<String> authorization(Upstream upstream, Errand errand, UpstreamProof proof) {
        return switch (proof) {
            case Bearer bearer -> CompletableFuture.completedStage("Bearer " + bearer.token());
            case MasterUser master ->
                CompletableFuture.completedStage(BasicMessage.write(master.name(), master.password()));
            case OwnPassword(String user, String password) ->
                CompletableFuture.completedStage(BasicMessage.write(user, password));
            case ForAnother _ ->
                CompletableFuture.failedStage(new UpstreamException(
                        UpstreamFailure.REFUSED,
                        "upstream " + upstream.settings().name(),
                        "logging in for " + errand.mailbox(),
                        "HTTP cannot say that one acts for another",
                        "upstreams." + upstream.settings().name() + ".login.strategy"));
        };
    }

    /** A connection on that event loop, ready for a request, for this client alone; failed by an {@link UpstreamException}. */
    Future<UpstreamConnection> connect(
            Upstream upstream, Errand errand, HttpConnection client, EventLoop loop, BooleanSupplier waits) {
        long start = ticker.read();
        Promise<UpstreamConnection> opening = loop.newPromise();
        opening.addListener(_ -> {
            if (opening.isSuccess()) {
                observer.opened(Protocol.ACTIVESYNC, Duration.ofNanos(ticker.read() - start));
            }
        });
        String name = upstream.settings().name();
        Tries.Way way = new Tries.Way(
                upstream,
                upstream.settings().http().door(),
                Objects.requireNonNull(hosts.get(name)),
                dialer,
                () -> observer.retried(Protocol.ACTIVESYNC, name),
                ticker);
        new Tries<>(way, errand, new Connecting(errand, client, dialer, loop), loop, waits, opening).begin();
        return opening;
    }

    /** One connection to one host, before anything is proved to it. */
    private record Connecting(Errand errand, HttpConnection client, Dialer dialer, EventLoop loop)
            implements Tries.One<UpstreamConnection> {

        @Override
        public BooleanSupplier begin(Destination to, int turn, Duration patience, Promise<UpstreamConnection> outcome) {
            HttpClientCodec codec = new HttpClientCodec(
                    new HttpDecoderConfig()
                            .setMaxInitialLineLength(MOST_LINE)
                            .setMaxHeaderSize(MOST_HEAD)
                            .setMaxChunkSize(PIECE),
                    false,
                    false);
            UpstreamConnection connection = new UpstreamConnection(to, client, outcome);
            dialer.dial(to, turn, patience, loop, codec, connection).addListener(connected -> {
                if (!connected.isSuccess()) {
                    outcome.tryFailure(Tries.notConnected(to, errand, connected.cause()));
                }
            });
            return () -> false;
        }

        @Override
        public void discard(UpstreamConnection opened) {
            opened.close();
        }
    }

    /** That something came to nothing, for the operator. */
    void failed(Protocol protocol, Errand errand, Throwable cause, long since) {
        UpstreamFailure failure = failureOf(cause);
        observer.failed(protocol, failure, Duration.ofNanos(ticker.read() - since));
        LOG.atWarn()
                .addKeyValue("protocol", protocol)
                .addKeyValue("login_name", errand.mailbox())
                .addKeyValue("failure", failure)
                .addKeyValue("cause", String.valueOf(cause.getMessage()))
                .log("upstream request failed");
    }

    static UpstreamFailure failureOf(Throwable cause) {
        return cause instanceof UpstreamException known ? known.failure() : UpstreamFailure.UNREACHABLE;
    }

    long now() {
        return ticker.read();
    }
}

package postern.proxy.conversation;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamConversation.Aim;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Hosts;
import postern.proxy.upstream.MailboxTurns;
import postern.proxy.upstream.MailboxTurns.Turn;
import postern.proxy.upstream.Manners;
import postern.proxy.upstream.ProviderWords;
import postern.proxy.upstream.Routes;
import postern.proxy.upstream.Tries;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamDoor;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamLines;
import postern.proxy.upstream.UpstreamObserver;
import postern.proxy.upstream.UpstreamProof;

/** The way to a mailbox by one protocol: route, dial, log in. */
public final class MailboxDoor implements UpstreamDoor {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxDoor.class);

    private final UpstreamLanguage<?> language;
    private final Protocol protocol;
    private final Routes routes;
    private final Dialer dialer;
    private final UpstreamObserver observer;
    private final Ticker ticker;
    private final Map<String, Hosts> hosts = new HashMap<>();
    private final Map<String, MailboxTurns> turns = new ConcurrentHashMap<>();

    public MailboxDoor(
            UpstreamLanguage<?> language, Routes routes, Dialer dialer, UpstreamObserver observer, Ticker ticker) {
        this.language = language;
        this.protocol = language.protocol();
        this.routes = routes;
        this.dialer = dialer;
        this.observer = observer;
        this.ticker = ticker;
        for (Upstream upstream : routes.upstreams().values()) {
            UpstreamSettings settings = upstream.settings();
            Hosts known = new Hosts(settings.name(), protocol, language.door(settings), settings.dialing(), ticker);
            hosts.put(settings.name(), known);
            observer.known(protocol, settings.name(), known);
        }
    }

    @Override
    public Future<Mailbox> open(Errand errand, EventLoop loop, BooleanSupplier waits) {
        long start = ticker.read();
        Promise<Mailbox> opening = loop.newPromise();
        opening.addListener(_ -> observe(errand, opening, Duration.ofNanos(ticker.read() - start)));
        Optional<Upstream> route = routes.of(errand);
        if (route.isEmpty()) {
            return opening.setFailure(new UpstreamException(
                    UpstreamFailure.NO_ROUTE,
                    "no upstream",
                    "looking for the mailbox of " + errand.mailbox(),
                    "no route for the person, their group or domain, and no default",
                    "routes"));
        }
        if (errand.isOnItsLastHop()) {
            return opening.setFailure(new UpstreamException(
                    UpstreamFailure.LOOPS,
                    "upstream " + route.get().settings().name(),
                    "looking for the mailbox of " + errand.mailbox(),
                    "the client was handed on by too many proxies",
                    "routes, here and at the servers on the way: they lead in a circle"));
        }
        takeTurn(route.get(), errand, loop, waits, opening);
        return opening;
    }

    private void takeTurn(
            Upstream upstream, Errand errand, EventLoop loop, BooleanSupplier waits, Promise<Mailbox> opening) {
        MailboxTurns there = turns.computeIfAbsent(
                upstream.settings().name(),
                name -> new MailboxTurns(name, upstream.settings().limits(), protocol, ticker));
        there.take(errand.mailbox(), loop).addListener(taken -> {
            if (taken.isSuccess()) {
                Turn turn = (Turn) taken.getNow();
                opening.addListener(_ -> keep(turn, opening));
                opening.addListener(_ -> rest(there, errand, opening));
                prove(language, upstream, errand, there.manners(errand.mailbox()), loop, waits, opening);
            } else {
                opening.tryFailure(taken.cause());
            }
        });
    }

    /** For as long as the mailbox is open. */
    private static void keep(Turn turn, Future<Mailbox> opening) {
        if (opening.isSuccess()) {
            opening.getNow().channel().closeFuture().addListener(_ -> turn.end());
        } else {
            turn.end();
        }
    }

    private static void rest(MailboxTurns there, Errand errand, Future<Mailbox> opening) {
        if (opening.cause() instanceof UpstreamException refused && refused.failure() == UpstreamFailure.THROTTLED) {
            there.pause(errand.mailbox(), ProviderWords.pauseIn(String.valueOf(refused.getMessage())));
        }
    }

    private Tries.Way way(Upstream upstream) {
        String name = upstream.settings().name();
        return new Tries.Way(
                upstream,
                language.door(upstream.settings()),
                Objects.requireNonNull(hosts.get(name)),
                dialer,
                () -> observer.retried(protocol, name),
                ticker);
    }

    private <S extends UpstreamState<S>> void prove(
            UpstreamLanguage<S> spoken,
            Upstream upstream,
            Errand errand,
            Manners manners,
            EventLoop loop,
            BooleanSupplier waits,
            Promise<Mailbox> opening) {
        upstream.proofs()
                .of(errand, protocol)
                .whenCompleteAsync(
                        (proof, failure) -> {
                            if (proof != null) {
                                Trial<S> one = new Trial<>(spoken, errand, proof, manners, dialer, loop);
                                new Tries<>(way(upstream), errand, one, loop, waits, opening).begin();
                            } else {
                                opening.tryFailure(
                                        failure instanceof CompletionException ? failure.getCause() : failure);
                            }
                        },
                        loop);
    }

    /** One login at one host. */
    private record Trial<S extends UpstreamState<S>>(
            UpstreamLanguage<S> spoken,
            Errand errand,
            UpstreamProof proof,
            Manners manners,
            Dialer dialer,
            EventLoop loop)
            implements Tries.One<Mailbox> {

        @Override
        public BooleanSupplier begin(Destination to, int turn, Duration patience, Promise<Mailbox> outcome) {
            Aim<S> aim = Aim.login(spoken, proof, errand, to.upstream().settings());
            UpstreamLines lines = new UpstreamLines();
            UpstreamConversation<S> conversation = new UpstreamConversation<>(spoken, to, aim, manners, lines, outcome);
            dialer.dial(to, turn, patience, loop, lines, conversation).addListener(connected -> {
                if (!connected.isSuccess()) {
                    outcome.tryFailure(Tries.notConnected(to, errand, connected.cause()));
                }
            });
            return conversation::hasProved;
        }

        @Override
        public void discard(Mailbox opened) {
            opened.channel().close();
        }
    }

    private void observe(Errand errand, Future<Mailbox> opening, Duration took) {
        if (opening.isSuccess()) {
            observer.opened(protocol, took);
            return;
        }
        UpstreamFailure failure =
                opening.cause() instanceof UpstreamException known ? known.failure() : UpstreamFailure.UNREACHABLE;
        observer.failed(protocol, failure, took);
        LOG.atWarn()
                .addKeyValue("protocol", protocol)
                .addKeyValue("login_name", errand.mailbox())
                .addKeyValue("failure", failure)
                .addKeyValue("cause", opening.cause().getMessage())
                .log("upstream login failed");
    }
}

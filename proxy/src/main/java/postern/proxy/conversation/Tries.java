package postern.proxy.conversation;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import postern.config.UpstreamDialing;
import postern.proxy.conversation.UpstreamConversation.Aim;
import postern.proxy.upstream.CleartextException;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Hosts;
import postern.proxy.upstream.Manners;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamLines;
import postern.proxy.upstream.UpstreamProof;

/**
 * The tries of one login at an upstream: at another host at once, at the same one after a pause, while there is time and the client
 * waits. Only who did not answer is tried again: a refusal would not become another one, and might be counted; nor would a bad
 * certificate, and somebody should know of it. Lives on one event loop.
 */
final class Tries<S extends UpstreamState<S>> {

    /** What all logins at one upstream by one protocol share. */
    record Way<S extends UpstreamState<S>>(
            UpstreamLanguage<S> spoken,
            Upstream upstream,
            Hosts hosts,
            Dialer dialer,
            Runnable retried,
            Ticker ticker) {}

    private final Way<S> way;
    private final UpstreamDialing rules;
    private final Errand errand;
    private final UpstreamProof proof;
    private final Manners manners;
    private final EventLoop loop;
    private final BooleanSupplier waits;
    private final Promise<Mailbox> opening;
    private final long begin;
    private final Set<String> tried = new HashSet<>();
    private int made;

    Tries(
            Way<S> way,
            Errand errand,
            UpstreamProof proof,
            Manners manners,
            EventLoop loop,
            BooleanSupplier waits,
            Promise<Mailbox> opening) {
        this.way = way;
        this.rules = way.upstream.settings().dialing();
        this.errand = errand;
        this.proof = proof;
        this.manners = manners;
        this.loop = loop;
        this.waits = waits;
        this.opening = opening;
        this.begin = way.ticker.read();
    }

    void begin() {
        way.hosts.next(Set.of()).ifPresentOrElse(this::tryAt, () -> opening.tryFailure(allDown()));
    }

    private void tryAt(String host) {
        Destination to = new Destination(
                way.upstream,
                way.spoken.door(way.upstream.settings()),
                host,
                errand.announcedTo(way.upstream.settings()));
        Aim<S> aim = Aim.login(way.spoken, proof, errand, way.upstream.settings());
        Promise<Mailbox> one = loop.newPromise();
        UpstreamLines lines = new UpstreamLines();
        UpstreamConversation<S> conversation = new UpstreamConversation<>(way.spoken, to, aim, manners, lines, one);
        one.addListener(_ -> ended(host, one, conversation.hasProved()));
        tried.add(host);
        way.dialer
                .dial(to, made++, least(rules.loginTimeout(), left()), loop, lines, conversation)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        one.tryFailure(notConnected(to, connected.cause()));
                    }
                });
    }

    private void ended(String host, Future<Mailbox> one, boolean proved) {
        if (one.isSuccess()) {
            way.hosts.answered(host);
            if (!opening.trySuccess(one.getNow())) {
                one.getNow().channel().close();
            }
            return;
        }
        UpstreamException failure = (UpstreamException) one.cause();
        if (failure.failure() != UpstreamFailure.UNREACHABLE) {
            way.hosts.answered(host);
            opening.tryFailure(failure);
            return;
        }
        way.hosts.failed(host, String.valueOf(failure.getMessage()));
        Optional<String> next = proved || made >= rules.tries() ? Optional.empty() : way.hosts.next(tried);
        next.ifPresentOrElse(other -> again(other, failure), () -> opening.tryFailure(failure));
    }

    private void again(String host, UpstreamException failure) {
        Duration pause = tried.contains(host) ? rules.pause() : Duration.ZERO;
        loop.schedule(
                () -> {
                    if (waits.getAsBoolean() && left().isPositive()) {
                        way.retried.run();
                        tryAt(host);
                    } else {
                        way.hosts.left(host);
                        opening.tryFailure(failure);
                    }
                },
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private Duration left() {
        return rules.within().minus(Duration.ofNanos(way.ticker.read() - begin));
    }

    private UpstreamException notConnected(Destination to, Throwable cause) {
        boolean inTheClear = cause instanceof CleartextException;
        return new UpstreamException(
                inTheClear ? UpstreamFailure.UNTRUSTED : UpstreamFailure.UNREACHABLE,
                to.at(),
                "connecting for " + errand.mailbox(),
                inTheClear ? String.valueOf(cause.getMessage()) : String.valueOf(cause),
                inTheClear ? to.section() + ".cleartext-networks" : "whether it runs, " + to.section());
    }

    private UpstreamException allDown() {
        String name = way.upstream.settings().name();
        return new UpstreamException(
                UpstreamFailure.UNREACHABLE,
                name,
                "connecting for " + errand.mailbox(),
                "none of its hosts has answered lately",
                "the last \"upstream host is down\", upstreams." + name + ".health");
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

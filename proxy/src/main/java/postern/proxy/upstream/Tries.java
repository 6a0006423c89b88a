package postern.proxy.upstream;

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
import postern.config.UpstreamDoorSettings;

/**
 * The tries of one login at an upstream: at another host at once, at the same one after a pause, while there is time and the client
 * waits. Only who did not answer is tried again: a refusal would not become another one, and might be counted; nor would a bad
 * certificate, and somebody should know of it. Lives on one event loop.
 *
 * @param <T> what an upstream opens
 */
public final class Tries<T> {

    /** What all logins at one upstream by one protocol share. */
    public record Way(
            Upstream upstream,
            UpstreamDoorSettings door,
            Hosts hosts,
            Dialer dialer,
            Runnable retried,
            Ticker ticker) {}

    /** Begins one, which is not over before {@code outcome} is done; a failure of it is an {@link UpstreamException}. */
    public interface One<T> {

        /**
         * At this place.
         *
         * @param turn which of the host's addresses
         * @param outcome of the try
         * @return whether the host has heard what proves us: what it makes of that is not asked for twice
         */
        BooleanSupplier begin(Destination to, int turn, Duration patience, Promise<T> outcome);

        /** It came too late to be of use. */
        void discard(T opened);
    }

    private final Way way;
    private final UpstreamDialing rules;
    private final Errand errand;
    private final One<T> one;
    private final EventLoop loop;
    private final BooleanSupplier waits;
    private final Promise<T> opening;
    private final long begin;
    private final Set<String> tried = new HashSet<>();
    private int made;

    /**
     * Of one errand.
     *
     * @param waits whether the client is still there
     * @param opening is done when the last try is
     */
    public Tries(Way way, Errand errand, One<T> one, EventLoop loop, BooleanSupplier waits, Promise<T> opening) {
        this.way = way;
        this.rules = way.upstream.settings().dialing();
        this.errand = errand;
        this.one = one;
        this.loop = loop;
        this.waits = waits;
        this.opening = opening;
        this.begin = way.ticker.read();
    }

    public void begin() {
        way.hosts.next(Set.of()).ifPresentOrElse(this::tryAt, () -> opening.tryFailure(allDown()));
    }

    private void tryAt(String host) {
        Destination to = new Destination(way.upstream, way.door, host, errand.announcedTo(way.upstream.settings()));
        Promise<T> outcome = loop.newPromise();
        tried.add(host);
        BooleanSupplier proved = one.begin(to, made++, least(rules.loginTimeout(), left()), outcome);
        outcome.addListener(_ -> ended(host, outcome, proved));
    }

    private void ended(String host, Future<T> outcome, BooleanSupplier proved) {
        if (outcome.isSuccess()) {
            way.hosts.answered(host);
            if (!opening.trySuccess(outcome.getNow())) {
                one.discard(outcome.getNow());
            }
            return;
        }
        UpstreamException failure = (UpstreamException) outcome.cause();
        if (failure.failure() != UpstreamFailure.UNREACHABLE) {
            way.hosts.answered(host);
            opening.tryFailure(failure);
            return;
        }
        way.hosts.failed(host, String.valueOf(failure.getMessage()));
        Optional<String> next =
                proved.getAsBoolean() || made >= rules.tries() ? Optional.empty() : way.hosts.next(tried);
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

    /** What a try ends with that did not even connect. */
    public static UpstreamException notConnected(Destination to, Errand errand, Throwable cause) {
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

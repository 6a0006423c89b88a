package postern.proxy.upstream;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * A mail server that dies takes all its sessions along, and their clients come back as soon as they hear of it. So they hear of
 * it one after the other, at random: a hundred a second, or all of them within the time that is set, whichever is sooner.
 */
public final class Dispersal implements Supplier<Duration> {

    private static final Duration FOR_EACH = Duration.ofMillis(10);

    private final Duration longest;
    private final DoubleSupplier chance;
    private final AtomicInteger sessions = new AtomicInteger();

    /**
     * Of the sessions at one upstream.
     *
     * @param chance from 0 to 1, evenly
     */
    public Dispersal(Duration longest, DoubleSupplier chance) {
        this.longest = longest;
        this.chance = chance;
    }

    /** A session began; it is one of them until its client leaves. */
    public void enter(Channel client) {
        sessions.incrementAndGet();
        client.closeFuture().addListener(_ -> sessions.decrementAndGet());
    }

    /** How long the next one may be left in the dark. */
    @Override
    public Duration get() {
        Duration forAll = FOR_EACH.multipliedBy(Math.max(0, sessions.get() - 1));
        Duration most = forAll.compareTo(longest) < 0 ? forAll : longest;
        return Duration.ofNanos((long) (most.toNanos() * chance.getAsDouble()));
    }
}

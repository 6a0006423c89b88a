package postern.credentials.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import postern.credentials.SourceNetwork;

/**
 * Tells the first of alike events by themselves and the others as a count, when their window ends.
 * However many there are, it remembers and tells so many in a window, and no more; what finds no
 * place is counted with all others of its kind. None is lost.
 */
final class LoginTally {

    /**
     * What makes two logins alike.
     *
     * @param who a login name, or an app password's id, with the device that used it where that matters
     */
    record Alike(AuditKind kind, Optional<String> reason, String who, Optional<SourceNetwork> source) {

        Alike ofAnybody() {
            return new Alike(kind, reason, "", Optional.empty());
        }
    }

    /**
     * How much is told.
     *
     * @param each of alike events, by themselves
     * @param most of all events, by themselves
     */
    record Bounds(Duration window, int each, int most) {}

    /** Changed within the cache's own lock alone. */
    private static final class Count {

        private final AuditEvent first;
        private int told;
        private long more;

        Count(AuditEvent first) {
            this.first = first;
        }

        Count plus(boolean toldByItself) {
            told += toldByItself ? 1 : 0;
            more += toldByItself ? 0 : 1;
            return this;
        }
    }

    private final Bounds bounds;
    private final Consumer<AuditEvent> out;
    private final InstantSource clock;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Cache<Alike, Count> counts;

    private long windowBegan;
    private int toldInWindow;

    LoginTally(Bounds bounds, Consumer<AuditEvent> out, InstantSource clock, Ticker ticker, RandomGenerator random) {
        this.bounds = bounds;
        this.out = out;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.windowBegan = ticker.read();
        this.counts = Caffeine.newBuilder()
                .expireAfter(Expiry.<Alike, Count>creating((_, _) -> bounds.window()))
                .maximumSize(2L * bounds.most())
                .ticker(ticker)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener(this::ended)
                .build();
    }

    /** @param event of one that is told by itself, or stands for those that are counted: most are never made */
    void count(Alike alike, Supplier<AuditEvent> event) {
        AuditEvent[] told = new AuditEvent[1];
        Count kept = counts.asMap().compute(alike, (_, known) -> {
            boolean toldByItself = (known == null || known.told < bounds.each()) && mayTell();
            if (toldByItself) {
                told[0] = event.get();
            } else if (known == null) {
                return null;
            }
            return (known == null ? new Count(told[0]) : known).plus(toldByItself);
        });
        if (told[0] != null) {
            out.accept(told[0]);
        } else if (kept == null) {
            counts.asMap()
                    .compute(
                            alike.ofAnybody(),
                            (_, known) -> (known == null ? new Count(event.get().ofNobody()) : known).plus(false));
        }
    }

    /** Tells what is counted by now, as at the end of each window. */
    void tellAll() {
        counts.invalidateAll();
    }

    /** Tells what is counted in windows that have ended. */
    void tellEnded() {
        counts.cleanUp();
    }

    private synchronized boolean mayTell() {
        long now = ticker.read();
        if (now - windowBegan >= bounds.window().toNanos()) {
            windowBegan = now;
            toldInWindow = 0;
        }
        boolean may = toldInWindow < bounds.most();
        if (may) {
            toldInWindow++;
        }
        return may;
    }

    private void ended(@Nullable Alike alike, @Nullable Count count, RemovalCause cause) {
        if (count != null && count.more > 0) {
            out.accept(count.first.again(AuditEventId.draw(random), clock.instant(), count.more));
        }
    }
}

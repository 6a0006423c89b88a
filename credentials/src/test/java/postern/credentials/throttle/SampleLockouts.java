package postern.credentials.throttle;

import static postern.credentials.SampleLogins.MONDAY;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import postern.credentials.FamiliarSource;
import postern.credentials.FamiliarSources;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.throttle.LockoutPolicy.Mode;

/** The lockout with the limits that an operator gets without asking, and no chance in it. */
public final class SampleLockouts {

    public static final LockoutObserver NOBODY = (_, _) -> {};

    /** Sketches estimate, and a test must not estimate otherwise tomorrow. */
    private static final FingerprintKey ALWAYS_THE_SAME = new FingerprintKey(new byte[32]);

    private SampleLockouts() {}

    public static LockoutPolicy policy(Mode mode, boolean admitValidDuringHold) {
        return policy(mode, admitValidDuringHold, 50_000);
    }

    static LockoutPolicy remembering(long most) {
        return policy(Mode.ENFORCE, true, most);
    }

    private static LockoutPolicy policy(Mode mode, boolean admitValidDuringHold, long mostRemembered) {
        return new LockoutPolicy(
                mode,
                admitValidDuringHold,
                new Slowing(
                        3,
                        20,
                        new Doubling(Duration.ofSeconds(2), Duration.ofSeconds(30)),
                        Duration.ofMinutes(10),
                        10_000,
                        8),
                new NameLimits(
                        10, Duration.ofMinutes(10), 50, new Doubling(Duration.ofMinutes(1), Duration.ofHours(1))),
                new SourceLimits(
                        5,
                        20,
                        Duration.ofHours(1),
                        10,
                        Duration.ofDays(1),
                        new Doubling(Duration.ofMinutes(10), Duration.ofDays(1))),
                mostRemembered);
    }

    public static Lockout lockout(Ticker ticker) {
        return lockout(policy(Mode.ENFORCE, true), NOBODY, ticker);
    }

    public static Lockout lockout(LockoutPolicy policy, LockoutObserver observer, Ticker ticker) {
        return lockout(policy, List.of(), List.of(), observer, ticker);
    }

    public static Lockout lockout(
            LockoutPolicy policy,
            List<ListEntry> allow,
            List<ListEntry> deny,
            LockoutObserver observer,
            Ticker ticker) {
        return lockout(policy, allow, deny, familiarSources(ticker), observer, ticker);
    }

    /** That tells no store. */
    public static FamiliarSources familiarSources(Ticker ticker) {
        return familiarSources(ticker, (_, _) -> {});
    }

    public static FamiliarSources familiarSources(Ticker ticker, BiConsumer<FamiliarSource, Instant> toWrite) {
        InstantSource clock = () -> MONDAY.plusNanos(ticker.read());
        return new RecentFamiliarSources(Duration.ofDays(60), 32, 100_000, clock, ticker, toWrite);
    }

    public static Lockout lockout(
            LockoutPolicy policy,
            List<ListEntry> allow,
            List<ListEntry> deny,
            FamiliarSources familiar,
            LockoutObserver observer,
            Ticker ticker) {
        return new Lockout(
                policy,
                new OperatorLists(allow, deny, InstantSource.fixed(MONDAY)),
                familiar,
                ALWAYS_THE_SAME,
                observer,
                ticker,
                () -> 0);
    }
}

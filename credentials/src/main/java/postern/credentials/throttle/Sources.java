package postern.credentials.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.hash.FingerprintKey;

/**
 * Every network from which names failed lately: the source itself, and the wider ones around it, where a guesser may
 * have many addresses.
 */
final class Sources {

    private static final int[] FACTORS = {1, 4, 8};

    /**
     * @param over how many names beyond the limit, at the network where that is most
     * @param begun the refusals that this guess brought about
     */
    record Weight(int over, boolean refused, List<Hold> begun) {

        static final Weight NONE = new Weight(0, false, List.of());
    }

    private final SourceLimits limits;
    private final FingerprintKey processKey;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Cache<Long, SourceRecord> records;
    private final Cache<SourceNetwork, Boolean> trusted;

    Sources(SourceLimits limits, long most, FingerprintKey processKey, Ticker ticker, RandomGenerator random) {
        this.limits = limits;
        this.processKey = processKey;
        this.ticker = ticker;
        this.random = random;
        this.records = Caffeine.newBuilder()
                .expireAfterAccess(limits.refusal().longest().plus(limits.window()))
                .maximumSize(most)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        this.trusted = Caffeine.newBuilder()
                .expireAfterWrite(limits.trustedFor())
                .maximumSize(most)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    void succeeded(SourceNetwork source) {
        trusted.put(source, true);
    }

    Weight failed(Guess guess) {
        long now = ticker.read();
        boolean isTrusted = isTrusted(guess.source());
        int over = 0;
        boolean refused = false;
        List<Hold> begun = new ArrayList<>();
        List<SourceNetwork> networks = networks(guess.source());
        for (int i = 0; i < networks.size(); i++) {
            SourceLimits here = limitsAt(i, isTrusted);
            long mark = i == 0 ? guess.marks().source() : mark(networks.get(i));
            SourceRecord known = records.get(mark, _ -> new SourceRecord());
            known.failed(guess, networks.get(i), here, now, random).ifPresent(begun::add);
            over = Math.max(over, known.over(here, now));
            refused |= known.isRefused(isTrusted, here, now);
        }
        return new Weight(over, refused, begun);
    }

    boolean refuses(SourceNetwork source) {
        long now = ticker.read();
        boolean isTrusted = isTrusted(source);
        List<SourceNetwork> networks = networks(source);
        for (int i = 0; i < networks.size(); i++) {
            SourceRecord known = records.getIfPresent(mark(networks.get(i)));
            if (known != null && known.isRefused(isTrusted, limitsAt(i, isTrusted), now)) {
                return true;
            }
        }
        return false;
    }

    void take(SourceNetwork network, SharedHold told, Duration left) {
        records.get(mark(network), _ -> new SourceRecord()).take(HoldPeriod.of(told, ticker.read() + left.toNanos()));
    }

    Stream<Hold> held() {
        long now = ticker.read();
        return records.asMap().values().stream().flatMap(one -> one.hold(now).stream());
    }

    /** Forgets all that is held against this network; true when that was a refusal. */
    boolean clear(SourceNetwork network) {
        SourceRecord known = records.asMap().remove(mark(network));
        return known != null && known.hold(ticker.read()).isPresent();
    }

    private long mark(SourceNetwork network) {
        return processKey.mark(network.toString());
    }

    private boolean isTrusted(SourceNetwork source) {
        return trusted.getIfPresent(source) != null;
    }

    private SourceLimits limitsAt(int level, boolean isTrusted) {
        return limits.times(FACTORS[level] * (isTrusted ? limits.trustedFactor() : 1));
    }

    /** From the source outwards. */
    private static List<SourceNetwork> networks(SourceNetwork source) {
        return Stream.concat(Stream.of(source), source.wider().stream()).toList();
    }
}

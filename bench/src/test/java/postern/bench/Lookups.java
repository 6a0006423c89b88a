package postern.bench;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.POLICY;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.PresentedSecret;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

/**
 * T-6: from a secret to the one app password that it may be, of forty. The three take turns in small batches, and CPU
 * is what is compared: time would tell more of the machine.
 */
final class Lookups {

    private static final int BATCHES = 300;
    private static final int BATCH = 5_000;
    private static final double MOST_TIMES = 1.1;

    private enum Typed {
        FIRST(0),
        FORTIETH(People.MOST_PER_ACCOUNT - 1),
        WRONG(People.MOST_PER_ACCOUNT);

        private final int number;

        Typed(int number) {
            this.number = number;
        }
    }

    private final AccountSnapshot account;
    private final Map<Typed, List<Long>> cpu = new EnumMap<>(Typed.class);

    /** Ada has forty, numbered from zero. */
    Lookups(SampleStore store) throws StoreUnavailableException {
        this.account = store.credentials().snapshot(ADA, POLICY).orElseThrow();
    }

    List<Figure> figures() {
        for (int i = 0; i < BATCHES; i++) {
            for (Typed typed : Typed.values()) {
                cpu.computeIfAbsent(typed, _ -> new ArrayList<>()).add(batch(typed));
            }
        }
        double first = nanos(Typed.FIRST);
        return List.of(
                Figure.told("CPU to find the 1st of forty", first, " ns"),
                Figure.atMost("the 40th, times the 1st", MOST_TIMES, nanos(Typed.FORTIETH) / first, ""),
                Figure.atMost("a wrong one, times the 1st", MOST_TIMES, nanos(Typed.WRONG) / first, ""));
    }

    private long batch(Typed typed) {
        PresentedSecret secret = SampleLogins.typed(People.secret(typed.number));
        long before = Meter.threadCpuNanos();
        int found = 0;
        for (int i = 0; i < BATCH; i++) {
            found += find(secret).isPresent() ? 1 : 0;
        }
        if (found != (typed == Typed.WRONG ? 0 : BATCH)) {
            throw new IllegalStateException(typed + ": found " + found + " times");
        }
        return Meter.threadCpuNanos() - before;
    }

    private Optional<AppPassword> find(PresentedSecret secret) {
        return LOOKUP_KEYS.tags(ADA, secret).stream()
                .flatMap(tag -> account.find(tag).stream())
                .findFirst();
    }

    /** Of one, in the median batch. */
    private double nanos(Typed typed) {
        return Spread.of(cpu.getOrDefault(typed, List.of())).medianMillis() * 1e6 / BATCH;
    }
}

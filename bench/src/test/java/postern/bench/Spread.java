package postern.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How long many things took, in nanoseconds, shortest first. */
record Spread(List<Long> sorted) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Spread of(Collection<Long> nanos) {
        return new Spread(nanos.stream().sorted().toList());
    }

    double medianMillis() {
        return millis(0.5);
    }

    long p99Nanos() {
        return Math.round(p99Millis() * NANOS_PER_MILLI);
    }

    double p99Millis() {
        return millis(0.99);
    }

    double mostMillis() {
        return millis(1);
    }

    /** Of none it is zero. */
    private double millis(double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.round((sorted.size() - 1) * share)) / NANOS_PER_MILLI;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.2f, p99 %.2f, most %.2f ms", medianMillis(), p99Millis(), mostMillis());
    }
}

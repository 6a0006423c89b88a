package postern.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the quiet turns of a {@link GuessFlood} came to, or the flooded ones. */
final class FloodTurns {

    /** So many logins, one after the other. */
    static final int WINDOW = 250;

    private static final double MOST_OF_OTHERS = 0.2;
    private static final int TELLING = 3;

    /**
     * A familiar one.
     *
     * @param number within its turn
     * @param took nanoseconds
     */
    record Login(int number, long took) {}

    private final List<Long> all = new ArrayList<>();
    private final List<Long> calmP99s = new ArrayList<>();
    private long guesses;
    private double cpuMillis;

    /**
     * One more.
     *
     * @param marks of the machine, where each window began and where the last one ended
     */
    void add(Collection<Login> logins, List<Others> marks, int guessed, Meter taken) {
        logins.forEach(login -> all.add(login.took()));
        Map<Integer, List<Long>> windows = logins.stream()
                .collect(Collectors.groupingBy(
                        login -> login.number() / WINDOW, Collectors.mapping(Login::took, Collectors.toList())));
        windows.forEach((number, window) -> {
            if (marks.get(number + 1).shareSince(marks.get(number)) <= MOST_OF_OTHERS) {
                calmP99s.add(Spread.of(window).p99Nanos());
            }
        });
        guesses += guessed;
        cpuMillis += taken.cpuMillis();
    }

    /** How many windows others left to us. */
    int calm() {
        return calmP99s.size();
    }

    boolean isTelling() {
        return calm() >= TELLING;
    }

    /** Of the median of these. */
    double calmP99() {
        return Spread.of(calmP99s).medianMillis();
    }

    double p99() {
        return Spread.of(all).p99Millis();
    }

    long guesses() {
        return guesses;
    }

    double cpuMillis() {
        return cpuMillis;
    }
}

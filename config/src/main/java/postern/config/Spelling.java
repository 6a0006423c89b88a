package postern.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;

/** What an operator may have meant by a key that is not there. */
final class Spelling {

    private Spelling() {}

    static String hint(String written, Collection<String> known) {
        return known.stream()
                .filter(key -> distance(written, key) <= Math.max(1, key.length() / 3))
                .min(Comparator.comparingInt((String key) -> distance(written, key))
                        .thenComparing(Comparator.naturalOrder()))
                .map(key -> "did you mean " + key + "?")
                .orElseGet(() -> "expected: one of " + String.join(", ", new TreeSet<>(known)));
    }

    /** How many letters to add, drop, change or swap with a neighbour: optimal string alignment. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        return isSwap(a, b, i, j) ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }

    private static boolean isSwap(String a, String b, int i, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}

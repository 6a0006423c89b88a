package postern.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong so far. The same mistake is told once, though a default may be read for many
 * listeners.
 */
final class Mistakes {

    private final Set<Mistake> all = new LinkedHashSet<>();

    void note(Place place, String path, String seen, String expected) {
        all.add(new Mistake(place, path, seen, "expected: " + expected));
    }

    void unknown(Place place, String path, String hint) {
        all.add(new Mistake(place, path, "unknown", hint));
    }

    void complain() throws SettingsException {
        if (!all.isEmpty()) {
            throw new SettingsException(inOrder());
        }
    }

    private List<String> inOrder() {
        return all.stream()
                .sorted(Comparator.comparing(Mistake::place))
                .map(Mistake::toString)
                .toList();
    }

    private record Mistake(Place place, String path, String seen, String hint) {

        @Override
        public String toString() {
            return place + ": " + path + ": " + seen + " (" + hint + ")";
        }
    }
}

package postern.config;

import com.typesafe.config.ConfigOrigin;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is written.
 *
 * @param line 0 where there are no lines, as in the environment
 */
record Place(String file, int line) implements Comparable<Place> {

    static final String REFERENCE = "reference.conf";

    private static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> !place.file.equals(REFERENCE))
            .thenComparing(Place::file)
            .thenComparingInt(Place::line);
    private static final String MERGED = "merge of ";
    private static final Pattern FILE_AND_LINES = Pattern.compile("(?<file>.*): (?<line>\\d+)(-\\d+)?");

    /** Of a section written in several places, the first that is the operator's own. */
    static Place of(ConfigOrigin origin) {
        String description = origin.description();
        List<Place> all = description.startsWith(MERGED)
                ? Arrays.stream(description.substring(MERGED.length()).split(",", -1))
                        .map(Place::parse)
                        .toList()
                : List.of(parse(description));
        return all.stream()
                .filter(place -> !place.file.equals(REFERENCE))
                .findFirst()
                .orElse(all.getFirst());
    }

    private static Place parse(String description) {
        Matcher parts = FILE_AND_LINES.matcher(description);
        return parts.matches()
                ? new Place(parts.group("file"), Integer.parseInt(parts.group("line")))
                : new Place(description, 0);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ": " + line;
    }
}

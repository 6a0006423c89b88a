package postern.credentials.imported.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import postern.credentials.LoginName;

/**
 * What became of a file: fit for a terminal, a log or an answer, since it has no hash in it, no secret,
 * and nothing that breaks a line.
 *
 * @param rows that were read
 * @param mapped app passwords that were taken; a row may have several
 * @param schemes of those that were taken, with how often
 * @param notes with how often
 * @param refusals what was refused, and in which lines
 * @param overLimit who has more app passwords in this file than a person may have, and how many
 * @param allOwnersCounted false when there were so many owners that not all are in {@code overLimit}
 */
public record MappingReport(
        int rows,
        int mapped,
        int refused,
        Map<String, Integer> schemes,
        Map<ImportNote, Integer> notes,
        List<Refusals> refusals,
        Map<LoginName, Integer> overLimit,
        boolean allOwnersCounted) {

    /**
     * The same mistake, wherever it was made.
     *
     * @param lines in the form {@code 3, 7-9}
     */
    public record Refusals(String what, int times, String lines) {}

    public MappingReport {
        schemes = Collections.unmodifiableMap(new TreeMap<>(schemes));
        notes = Collections.unmodifiableMap(new TreeMap<>(notes));
        refusals = List.copyOf(refusals);
        overLimit = Map.copyOf(overLimit);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("rows " + rows + ", mapped " + mapped + ", refused " + refused);
        schemes.forEach((scheme, count) -> lines.add("scheme " + scheme + ": " + count));
        notes.forEach((note, count) -> lines.add("note " + note + ": " + count));
        overLimit.entrySet().stream()
                .map(one -> "over the limit: " + one.getKey() + " has " + one.getValue())
                .sorted()
                .forEach(lines::add);
        if (!allOwnersCounted) {
            lines.add("over the limit: not all owners were counted, there are too many");
        }
        refusals.forEach(one -> lines.add("line " + one.lines() + ": " + one.what()));
        return lines;
    }
}

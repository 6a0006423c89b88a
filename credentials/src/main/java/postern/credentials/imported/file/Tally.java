package postern.credentials.imported.file;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import postern.credentials.LoginName;
import postern.credentials.imported.file.ImportOutcome.Mapped;
import postern.credentials.imported.file.ImportOutcome.Refused;

/** Counts while a file is read. A million lines, all refused or all of other owners, are a few megabytes here. */
final class Tally {

    private static final int MAX_OWNERS = 100_000;
    private static final int MAX_MISTAKES = 200;
    private static final String OTHERS = "other mistakes than those that are told here";

    private final int appPasswordLimit;
    private final Map<String, Integer> schemes = new TreeMap<>();
    private final Map<ImportNote, Integer> notes = new EnumMap<>(ImportNote.class);
    private final Map<String, Mistake> mistakes = new LinkedHashMap<>();
    private final Map<LoginName, Integer> owners = new HashMap<>();
    private boolean allOwnersCounted = true;
    private int rows;
    private int mapped;
    private int refused;

    Tally(int appPasswordLimit) {
        this.appPasswordLimit = appPasswordLimit;
    }

    void row() {
        rows++;
    }

    void outcome(ImportOutcome outcome) {
        switch (outcome) {
            case Mapped taken -> mapped(taken);
            case Refused(int line, String what) -> refused(line, what);
        }
    }

    private void mapped(Mapped taken) {
        mapped++;
        schemes.merge(taken.password().hash().scheme(), 1, Integer::sum);
        taken.notes().forEach(note -> notes.merge(note, 1, Integer::sum));
        LoginName owner = taken.password().loginName();
        if (owners.size() < MAX_OWNERS || owners.containsKey(owner)) {
            owners.merge(owner, 1, Integer::sum);
        } else {
            allOwnersCounted = false;
        }
    }

    private void refused(int line, String what) {
        refused++;
        String told = mistakes.size() < MAX_MISTAKES || mistakes.containsKey(what) ? what : OTHERS;
        mistakes.computeIfAbsent(told, _ -> new Mistake()).at(line);
    }

    MappingReport report() {
        return new MappingReport(
                rows,
                mapped,
                refused,
                schemes,
                notes,
                mistakes.entrySet().stream()
                        .map(one -> new MappingReport.Refusals(
                                one.getKey(),
                                one.getValue().times,
                                one.getValue().ranges()))
                        .toList(),
                owners.entrySet().stream()
                        .filter(owner -> owner.getValue() > appPasswordLimit)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                allOwnersCounted);
    }

    /** A bit for each line it was made in. */
    private static final class Mistake {

        private final BitSet lines = new BitSet();
        private int times;

        void at(int line) {
            lines.set(line);
            times++;
        }

        String ranges() {
            StringBuilder ranges = new StringBuilder();
            for (int from = lines.nextSetBit(0); from >= 0; ) {
                int to = lines.nextClearBit(from) - 1;
                ranges.append(ranges.isEmpty() ? "" : ", ").append(from).append(to > from ? "-" + to : "");
                from = lines.nextSetBit(to + 1);
            }
            return ranges.toString();
        }
    }
}

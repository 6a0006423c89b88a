package postern.credentials.imported.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import postern.credentials.imported.file.ImportOutcome.Refused;

/**
 * Reads a file of another system's app passwords, row by row, in memory that does not grow with it.
 *
 * <pre>{@code
 * MappingReport dryRun = new ImportFile(MAILCOW, rules).read(in, _ -> {});
 * MappingReport report = new ImportFile(MAILCOW, rules).read(in, outcome -> apply(outcome));
 * }</pre>
 */
public final class ImportFile {

    /** Lines of the file; more are for a second file. */
    public static final int MAX_LINES = 1_000_000;

    private final ImportFormat format;
    private final Mapping mapping;
    private final ImportRules rules;

    public ImportFile(ImportFormat format, ImportRules rules) {
        this.format = format;
        this.rules = rules;
        this.mapping = new Mapping(rules);
    }

    /** Told of each outcome as it comes, in the order of the file. */
    @FunctionalInterface
    public interface Receiver<E extends Exception> {
        void accept(ImportOutcome outcome) throws E;
    }

    /**
     * Reads the whole file, unless the receiver throws. One row that is refused keeps no other from
     * being taken. The stream stays open.
     *
     * @throws IOException when the file cannot be read; never for what it says
     */
    public <E extends Exception> MappingReport read(InputStream in, Receiver<E> receiver) throws IOException, E {
        Tally tally = new Tally(rules.appPasswordLimit());
        Rows rows = rows(in);
        boolean withinBounds = true;
        while (withinBounds && rows.next()) {
            withinBounds = rows.line() <= MAX_LINES;
            tally.row();
            for (ImportOutcome outcome : withinBounds ? outcomes(rows) : List.of(tooMany(rows.line()))) {
                tally.outcome(outcome);
                receiver.accept(outcome);
            }
        }
        return tally.report();
    }

    private Rows rows(InputStream in) {
        return switch (format) {
            case GENERIC -> LineRows.ofJson(in, GenericRows::read);
            case MAILCOW -> LineRows.ofJson(in, MailcowRows::read);
            case MAILCOW_CSV -> CsvRows.of(in, MailcowRows::read);
            case MAILU -> LineRows.ofJson(in, MailuRows::read);
            case MAILU_CSV -> CsvRows.of(in, MailuRows::read);
            case STALWART -> LineRows.ofJson(in, StalwartRows::read);
            case DOVECOT -> LineRows.ofPasswd(in);
        };
    }

    private List<ImportOutcome> outcomes(Rows rows) {
        List<ImportOutcome> outcomes = new ArrayList<>();
        try {
            for (Claim claim : rows.claims()) {
                outcomes.add(outcome(rows.line(), claim));
            }
        } catch (IllegalArgumentException e) {
            outcomes.add(refused(rows.line(), e));
        }
        return outcomes;
    }

    private ImportOutcome outcome(int line, Claim claim) {
        try {
            return mapping.map(line, claim);
        } catch (IllegalArgumentException e) {
            return refused(line, e);
        }
    }

    /** All that is caught here was thrown by us, and says nothing of what stands in the file. */
    private static Refused refused(int line, IllegalArgumentException e) {
        return new Refused(line, String.valueOf(e.getMessage()));
    }

    private static Refused tooMany(int line) {
        return new Refused(line, "file: more lines (expected: at most " + MAX_LINES + "; the rest was not read)");
    }
}

package postern.credentials.imported.file;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import postern.credentials.imported.ImportedPassword;

/** What came of one app password in a file. */
public sealed interface ImportOutcome {

    /** Where it stands, from 1: in CSV, where its row begins. */
    int line();

    record Mapped(int line, ImportedPassword password, Set<ImportNote> notes) implements ImportOutcome {

        public Mapped {
            EnumSet<ImportNote> sorted = EnumSet.noneOf(ImportNote.class);
            sorted.addAll(notes);
            notes = Collections.unmodifiableSet(sorted);
        }
    }

    /**
     * Not taken.
     *
     * @param what in the form {@code field: seen (expected: …)}; never a hash, a secret, or any text
     *     that could be one
     */
    record Refused(int line, String what) implements ImportOutcome {}
}

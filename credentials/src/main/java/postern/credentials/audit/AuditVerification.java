package postern.credentials.audit;

import java.util.List;
import java.util.Optional;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditHistory.Ends;
import postern.credentials.audit.AuditVerification.Result.Broken;
import postern.credentials.audit.AuditVerification.Result.Intact;

/**
 * Proves that nothing in the chain was altered, taken out or put in by who had no business there,
 * from the first entry that is kept to the one that was the last when it began. Reads in pages,
 * beside a server that goes on writing, pruning and erasing.
 *
 * <p>It cannot prove that nobody wrote the whole chain anew: for that, keep the last digest, or the
 * JSON lines, where the store's account does not reach.
 */
public final class AuditVerification {

    /** What came of it. */
    public sealed interface Result {

        /** All is as it was written. */
        record Intact(long count, long first, long last, String digest) implements Result {}

        /**
         * Here it is not.
         *
         * @param what what: seen (expected: …)
         */
        record Broken(long sequence, String what) implements Result {}
    }

    private final AuditHistory history;
    private final Withheld withheld;

    public AuditVerification(AuditHistory history) {
        this.history = history;
        this.withheld = new Withheld(history);
    }

    /** Looks at every entry. */
    public Result run() throws StoreUnavailableException {
        Ends ends = history.ends();
        Optional<Broken> broken = walk(ends);
        while (broken.isPresent() && history.ends().pruned() > ends.pruned()) {
            ends = history.ends(); // what is missing was perhaps only pruned meanwhile
            broken = walk(ends);
        }
        return broken.isPresent()
                ? broken.get()
                : new Intact(ends.last() - ends.pruned(), ends.pruned() + 1, ends.last(), ends.lastDigest());
    }

    private Optional<Broken> walk(Ends ends) throws StoreUnavailableException {
        Optional<Broken> wrongEnd = atTheEnds(ends);
        long done = ends.pruned();
        String digest = ends.prunedDigest();
        while (wrongEnd.isEmpty() && done < ends.last()) {
            List<AuditEntry> page = history.after(done, AuditFilter.ALL, AuditHistory.MOST);
            for (AuditEntry entry : page) {
                Optional<Broken> broken = at(entry, done + 1, digest);
                if (broken.isPresent()) {
                    return broken;
                }
                done++;
                digest = entry.digest();
                if (done == ends.last()) {
                    return differs(done, "last digest", ends.lastDigest(), digest);
                }
            }
            if (page.isEmpty()) {
                return differs(done + 1, "entry", "none", "one, since " + ends.last() + " is the last");
            }
        }
        return wrongEnd;
    }

    /** That nobody cut off the end, put one behind it, or moved the beginning. */
    private Optional<Broken> atTheEnds(Ends ends) throws StoreUnavailableException {
        Optional<Broken> wrongLast =
                differs(Math.min(ends.greatest(), ends.last()) + 1, "last entry", ends.greatest(), ends.last());
        String beginning = ends.pruned() + " " + ends.prunedDigest();
        String told = withheld.beginning();
        return wrongLast.or(() -> differs(ends.pruned() + 1, "beginning", beginning, told));
    }

    private Optional<Broken> at(AuditEntry entry, long sequence, String before) throws StoreUnavailableException {
        if (entry.sequence() != sequence) {
            return differs(sequence, "entry", "none", "one before " + entry.sequence());
        }
        EntryCheck check = new EntryCheck(entry, before);
        for (PersonalPart part : check.missing()) {
            if (!withheld.mayLack(entry, part)) {
                return differs(sequence, part.toString(), "none", "kept, since nobody was to remove it");
            }
        }
        return check.altered().map(what -> new Broken(sequence, what));
    }

    private static Optional<Broken> differs(long sequence, String what, Object seen, Object expected) {
        return seen.equals(expected)
                ? Optional.empty()
                : Optional.of(new Broken(sequence, EntryCheck.told(what, seen, expected)));
    }
}

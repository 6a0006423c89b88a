package postern.credentials.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Envelope;
import postern.credentials.grant.GrantUnreadableException;
import postern.credentials.grant.GrantVault.Rewrap;
import postern.credentials.grant.SealedSecret;

/**
 * Brings grants under the key that is the active one now: each when it is written anyway, or all in one
 * go, a batch at a time, so that no writer waits for long.
 */
final class GrantRewrap {

    private static final int BATCH = 100;

    private final Database database;
    private final Envelope envelope;

    GrantRewrap(Database database, Envelope envelope) {
        this.database = database;
        this.envelope = envelope;
    }

    private record Step(SealedSecret before, SealedSecret after, String id) {}

    /** The same row; under the key it was under, if that does not open it. What is to be told of that is told elsewhere. */
    GrantRow underActiveKey(GrantRow row) {
        try {
            return row.sealed().isEmpty()
                    ? row
                    : new GrantRow(
                            row.grant(),
                            Optional.of(
                                    envelope.rewrap(row.grant(), row.sealed().get())));
        } catch (GrantUnreadableException _) {
            return row;
        }
    }

    Rewrap all() throws StoreUnavailableException {
        int done = 0;
        List<GrantUnreadableException> leftOut = new ArrayList<>();
        String last = "";
        while (true) {
            List<GrantRow> old = olderAfter(last);
            if (old.isEmpty()) {
                return new Rewrap(done, leftOut.size(), leftOut.stream().findFirst());
            }
            List<Step> steps = new ArrayList<>();
            for (GrantRow row : old) {
                try {
                    SealedSecret before = row.sealed().orElseThrow();
                    steps.add(new Step(
                            before,
                            envelope.rewrap(row.grant(), before),
                            row.grant().id().value()));
                } catch (GrantUnreadableException e) {
                    leftOut.add(e);
                }
            }
            done += write(steps);
            last = old.getLast().grant().id().value();
        }
    }

    private List<GrantRow> olderAfter(String id) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery(
                        "SELECT * FROM grants WHERE key_id <> :active AND id > :id ORDER BY id LIMIT :batch")
                .bind("active", envelope.activeKey())
                .bind("id", id)
                .bind("batch", BATCH)
                .map(GrantRow::read)
                .list());
    }

    /** Only those that nobody has written in the meantime; these are under the active key by that. */
    private int write(List<Step> steps) throws StoreUnavailableException {
        if (steps.isEmpty()) {
            return 0;
        }
        return database.change(sql -> {
            PreparedBatch batch = sql.prepareBatch("""
                    UPDATE grants SET key_id = :key_id, wrapped_key = :after
                    WHERE id = :id AND wrapped_key = :before""");
            for (Step step : steps) {
                batch.bind("key_id", step.after().keyId())
                        .bind("after", step.after().wrappedKey())
                        .bind("id", step.id())
                        .bind("before", step.before().wrappedKey())
                        .add();
            }
            int written = 0;
            for (int rows : batch.execute()) {
                written += rows;
            }
            return written;
        });
    }
}

package postern.credentials.store;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.BegunConsent;
import postern.credentials.consent.ConsentStore;
import postern.credentials.store.ChangeWriter.Made;

/** {@link ConsentStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlConsents implements ConsentStore {

    private final ChangeWriter changes;
    private final Database database;

    public SqlConsents(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
    }

    @Override
    public void begin(BegunConsent begun, By by) throws StoreUnavailableException {
        int _ = changes.make(sql -> {
            int written = sql.createUpdate("""
                        INSERT INTO consents (owner, upstream, state_hash, kept, ends_at)
                        VALUES (:owner, :upstream, :state_hash, :kept, :ends_at)
                        ON CONFLICT (owner, upstream) DO UPDATE SET state_hash = excluded.state_hash,
                            kept = excluded.kept, ends_at = excluded.ends_at""")
                    .bind("owner", begun.owner().value())
                    .bind("upstream", begun.upstream())
                    .bind("state_hash", begun.stateHash())
                    .bind("kept", begun.kept())
                    .bind("ends_at", begun.endsAt().toEpochMilli())
                    .execute();
            return Made.nothing(written, changes.audited().consentBegun(begun.owner(), begun.upstream(), by));
        });
    }

    @Override
    public Optional<BegunConsent> take(String stateHash, Instant now) throws StoreUnavailableException {
        boolean known = database.read(sql -> sql.createQuery("SELECT 1 FROM consents WHERE state_hash = :hash")
                .bind("hash", stateHash)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
        return known ? taken(stateHash, now) : Optional.empty(); // a stranger who guesses makes no writer
    }

    private Optional<BegunConsent> taken(String stateHash, Instant now) throws StoreUnavailableException {
        return database.change(sql -> sql.createQuery(
                        "DELETE FROM consents WHERE state_hash = :hash AND ends_at > :now RETURNING *")
                .bind("hash", stateHash)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> new BegunConsent(
                        new LoginName(row.getString("owner")),
                        row.getString("upstream"),
                        row.getString("state_hash"),
                        row.getString("kept"),
                        Rows.instant(row, "ends_at")))
                .findOne());
    }

    @Override
    public void refused(LoginName owner, String upstream, String reason, By by) throws StoreUnavailableException {
        boolean _ =
                changes.make(_ -> Made.nothing(false, changes.audited().consentRefused(owner, upstream, reason, by)));
    }

    @Override
    public int forgetOver(Instant now) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("DELETE FROM consents WHERE ends_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute());
    }
}

package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.SealedSecret;
import postern.credentials.setup.SetupKind;
import postern.credentials.setup.SetupLink;
import postern.credentials.setup.SetupLinkStore;
import postern.credentials.store.ChangeWriter.Made;

/** {@link SetupLinkStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlSetupLinks implements SetupLinkStore {

    private static final String ALIVE =
            " EXISTS (SELECT 1 FROM app_passwords WHERE id = setup_links.app_password" + " AND revoked_at IS NULL)";

    private final ChangeWriter changes;
    private final Database database;

    public SqlSetupLinks(ChangeWriter changes) {
        this.changes = changes;
        this.database = changes.database();
    }

    @Override
    public boolean put(Kept kept, int most, By by) throws StoreUnavailableException {
        SetupLink link = kept.link();
        return changes.make(sql -> {
            boolean account = AccountRows.find(sql, link.owner(), database.rowLock())
                    .isPresent(); // one link of an owner at a time, or there could be more than most
            if (!account || !isAlive(sql, link)) {
                return Made.nothing(false);
            }
            insert(sql, kept);
            sql.createUpdate("""
                            DELETE FROM setup_links WHERE owner = :owner AND token_hash NOT IN (
                                SELECT token_hash FROM setup_links WHERE owner = :owner
                                ORDER BY ends_at DESC, CASE WHEN token_hash = :hash THEN 0 ELSE 1 END LIMIT :most)""")
                    .bind("owner", link.owner().value())
                    .bind("hash", link.tokenHash())
                    .bind("most", most)
                    .execute();
            return Made.nothing(true, changes.audited().linkMade(link, by));
        });
    }

    private static boolean isAlive(Handle sql, SetupLink link) {
        return sql.createQuery("SELECT 1 FROM app_passwords WHERE id = :id AND owner = :owner AND revoked_at IS NULL")
                .bind("id", link.appPassword().value())
                .bind("owner", link.owner().value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void insert(Handle sql, Kept kept) {
        SetupLink link = kept.link();
        sql.createUpdate("""
                        INSERT INTO setup_links (token_hash, owner, app_password, address, kind, key_id, wrapped_key,
                            sealed_secret, ends_at)
                        VALUES (:hash, :owner, :app_password, :address, :kind, :key_id, :wrapped_key,
                            :sealed_secret, :ends_at)""")
                .bind("hash", link.tokenHash())
                .bind("owner", link.owner().value())
                .bind("app_password", link.appPassword().value())
                .bind("address", link.address().value())
                .bind("kind", link.kind().name())
                .bind("key_id", kept.sealed().keyId())
                .bind("wrapped_key", kept.sealed().wrappedKey())
                .bind("sealed_secret", kept.sealed().sealed())
                .bind("ends_at", link.endsAt().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Kept> take(String tokenHash, Instant now) throws StoreUnavailableException {
        boolean known = database.read(sql -> sql.createQuery("SELECT 1 FROM setup_links WHERE token_hash = :hash")
                .bind("hash", tokenHash)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
        return known ? taken(tokenHash, now) : Optional.empty(); // a stranger who guesses makes no writer
    }

    private Optional<Kept> taken(String tokenHash, Instant now) throws StoreUnavailableException {
        return changes.make(sql -> {
            Optional<Kept> taken = sql.createQuery(
                            "DELETE FROM setup_links WHERE token_hash = :hash AND ends_at > :now AND" + ALIVE
                                    + " RETURNING *")
                    .bind("hash", tokenHash)
                    .bind("now", now.toEpochMilli())
                    .map(SqlSetupLinks::read)
                    .findOne();
            return taken.map(Kept::link)
                    .map(link -> Made.nothing(taken, changes.audited().linkTaken(link, By.person(link.owner(), now))))
                    .orElseGet(() -> Made.nothing(taken));
        });
    }

    /** All links to app passwords that are revoked by now. */
    static void forgetRevoked(Handle sql, LoginName owner) {
        sql.createUpdate("DELETE FROM setup_links WHERE owner = :owner AND NOT" + ALIVE)
                .bind("owner", owner.value())
                .execute();
    }

    @Override
    public int forgetOver(Instant now) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("DELETE FROM setup_links WHERE ends_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute());
    }

    private static Kept read(ResultSet row, StatementContext context) throws SQLException {
        SetupLink link = new SetupLink(
                row.getString("token_hash"),
                new LoginName(row.getString("owner")),
                new AppPasswordId(row.getString("app_password")),
                new LoginName(row.getString("address")),
                SetupKind.valueOf(row.getString("kind")),
                Rows.instant(row, "ends_at"));
        return new Kept(
                link,
                new SealedSecret(
                        row.getString("key_id"), row.getString("wrapped_key"), row.getString("sealed_secret")));
    }
}

package postern.credentials.store;

import static postern.credentials.CredentialStore.Addition.ADDED;
import static postern.credentials.CredentialStore.Addition.LIMIT_REACHED;
import static postern.credentials.CredentialStore.Addition.NO_SUCH_PERSON;
import static postern.credentials.CredentialStore.Addition.TAG_TAKEN;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.Person;
import postern.credentials.StoreUnavailableException;

/** {@link CredentialStore} in SQL. A change and its row in {@code changes} are one transaction. */
public final class SqlCredentialStore implements CredentialStore {

    private static final String LIVE = "SELECT * FROM app_passwords WHERE revoked_at IS NULL AND owner = :owner ";

    private final SqliteDatabase database;
    private final List<Consumer<AppPasswordId>> listeners = new CopyOnWriteArrayList<>();

    public SqlCredentialStore(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public boolean add(Person person) throws StoreUnavailableException {
        return change(sql -> sql.createUpdate("""
                        INSERT INTO people (login_name, created_at) VALUES (:name, :at)
                        ON CONFLICT DO NOTHING""")
                        .bind("name", person.loginName().value())
                        .bind("at", person.createdAt().toEpochMilli())
                        .execute()
                == 1);
    }

    @Override
    public Optional<Person> person(LoginName name) throws StoreUnavailableException {
        return read(sql -> sql.createQuery("SELECT * FROM people WHERE login_name = :name")
                .bind("name", name.value())
                .map(Rows::person)
                .findOne());
    }

    @Override
    public Addition add(AppPassword made, int limit) throws StoreUnavailableException {
        return change(sql -> {
            if (count(sql, "SELECT count(*) FROM people WHERE login_name = :owner", made) == 0) {
                return NO_SUCH_PERSON;
            } else if (count(sql, """
                    SELECT count(*) FROM app_passwords WHERE owner = :owner AND revoked_at IS NULL
                    AND (expires_at IS NULL OR expires_at > :created_at)""", made) >= limit) {
                return LIMIT_REACHED;
            } else if (insert(sql, made) == 0) {
                return TAG_TAKEN;
            }
            tell(sql, "issued", made.owner(), made.id(), made.createdAt());
            return ADDED;
        });
    }

    @Override
    public Optional<AppPassword> find(LoginName owner, LookupTag tag) throws StoreUnavailableException {
        return read(sql -> sql.createQuery(LIVE + "AND tag = :tag")
                .bind("owner", owner.value())
                .bind("tag", tag.bits())
                .map(Rows::appPassword)
                .findOne());
    }

    @Override
    public List<AppPassword> of(LoginName owner) throws StoreUnavailableException {
        return read(sql -> sql.createQuery(LIVE + "ORDER BY created_at, id")
                .bind("owner", owner.value())
                .map(Rows::appPassword)
                .list());
    }

    @Override
    public boolean revoke(LoginName owner, AppPasswordId id, Instant at) throws StoreUnavailableException {
        boolean revoked = change(sql -> {
            int rows = sql.createUpdate("""
                            UPDATE app_passwords SET revoked_at = :at
                            WHERE owner = :owner AND id = :id AND revoked_at IS NULL""")
                    .bind("at", at.toEpochMilli())
                    .bind("owner", owner.value())
                    .bind("id", id.value())
                    .execute();
            if (rows == 1) {
                tell(sql, "revoked", owner, id, at);
            }
            return rows == 1;
        });
        if (revoked) {
            listeners.forEach(listener -> listener.accept(id));
        }
        return revoked;
    }

    @Override
    public boolean isUnused() throws StoreUnavailableException {
        return read(sql -> sql.createQuery("SELECT count(*) FROM app_passwords")
                        .mapTo(Integer.class)
                        .one()
                == 0);
    }

    @Override
    public void onRevoked(Consumer<AppPasswordId> listener) {
        listeners.add(listener);
    }

    private static int count(Handle sql, String query, AppPassword made) {
        return sql.createQuery(query)
                .bindMap(Rows.columns(made))
                .mapTo(Integer.class)
                .one();
    }

    private static int insert(Handle sql, AppPassword made) {
        return sql.createUpdate("""
                        INSERT INTO app_passwords (id, owner, name, tag, hash, created_at, expires_at)
                        VALUES (:id, :owner, :name, :tag, :hash, :created_at, :expires_at)
                        ON CONFLICT DO NOTHING""").bindMap(Rows.columns(made)).execute();
    }

    private static void tell(Handle sql, String kind, LoginName owner, AppPasswordId id, Instant at) {
        sql.createUpdate("""
                        INSERT INTO changes (kind, owner, app_password, changed_at)
                        VALUES (:kind, :owner, :id, :at)""")
                .bind("kind", kind)
                .bind("owner", owner.value())
                .bind("id", id.value())
                .bind("at", at.toEpochMilli())
                .execute();
    }

    /** One statement, with no lock that a writer would wait for. */
    private <T> T read(HandleCallback<T, RuntimeException> query) throws StoreUnavailableException {
        try {
            return database.jdbi().withHandle(query);
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    private <T> T change(HandleCallback<T, RuntimeException> statements) throws StoreUnavailableException {
        try {
            return database.jdbi().inTransaction(statements);
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    /** Jdbi's own messages quote the statement; what the database said is in the cause. */
    private static StoreUnavailableException unavailable(JdbiException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new StoreUnavailableException(String.valueOf(cause.getMessage()), e);
    }
}

package postern.credentials.store;

import static postern.credentials.CredentialStore.Addition.ADDED;
import static postern.credentials.CredentialStore.Addition.LIMIT_REACHED;
import static postern.credentials.CredentialStore.Addition.NO_SUCH_PERSON;
import static postern.credentials.CredentialStore.Addition.TAG_TAKEN;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.Change.Issued;
import postern.credentials.Change.PersonAdded;
import postern.credentials.Change.Revoked;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.Person;
import postern.credentials.StoreUnavailableException;

/**
 * {@link CredentialStore} in SQL that SQLite and PostgreSQL both speak. A change and its line in the
 * {@link ChangeLog} are one transaction, and the line is the last thing in it.
 */
public final class SqlCredentialStore implements CredentialStore {

    private static final String LIVE = "SELECT * FROM app_passwords WHERE revoked_at IS NULL AND owner = :owner ";

    private final Database database;
    private final ChangeFeed feed;
    private final ChangeLog log;

    /**
     * @param feed of the same database: whoever listens to it hears what is changed here
     */
    public SqlCredentialStore(Database database, ChangeFeed feed) {
        this.database = database;
        this.feed = feed;
        this.log = feed.log();
    }

    @Override
    public boolean add(Person person) throws StoreUnavailableException {
        boolean added = database.change(sql -> {
            int rows = sql.createUpdate("""
                            INSERT INTO people (login_name, created_at) VALUES (:name, :at)
                            ON CONFLICT DO NOTHING""")
                    .bind("name", person.loginName().value())
                    .bind("at", person.createdAt().toEpochMilli())
                    .execute();
            if (rows == 1) {
                log.write(sql, new PersonAdded(person.loginName()));
            }
            return rows == 1;
        });
        feed.wake();
        return added;
    }

    @Override
    public Optional<Person> person(LoginName name) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT * FROM people WHERE login_name = :name")
                .bind("name", name.value())
                .map(Rows::person)
                .findOne());
    }

    @Override
    public Addition add(AppPassword made, int limit) throws StoreUnavailableException {
        Addition addition = database.change(sql -> {
            if (!lockOwner(sql, made)) {
                return NO_SUCH_PERSON;
            } else if (countLive(sql, made) >= limit) {
                return LIMIT_REACHED;
            } else if (insert(sql, made) == 0) {
                return TAG_TAKEN;
            }
            log.write(sql, new Issued(made.owner(), made.id()));
            return ADDED;
        });
        feed.wake();
        return addition;
    }

    @Override
    public Optional<AppPassword> find(LoginName owner, LookupTag tag) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery(LIVE + "AND tag = :tag")
                .bind("owner", owner.value())
                .bind("tag", tag.bits())
                .map(Rows::appPassword)
                .findOne());
    }

    @Override
    public List<AppPassword> of(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery(LIVE + "ORDER BY created_at, id")
                .bind("owner", owner.value())
                .map(Rows::appPassword)
                .list());
    }

    @Override
    public boolean revoke(LoginName owner, AppPasswordId id, Instant at) throws StoreUnavailableException {
        OptionalLong change = database.change(sql -> {
            int rows = sql.createUpdate("""
                            UPDATE app_passwords SET revoked_at = :at
                            WHERE owner = :owner AND id = :id AND revoked_at IS NULL""")
                    .bind("at", at.toEpochMilli())
                    .bind("owner", owner.value())
                    .bind("id", id.value())
                    .execute();
            return rows == 1 ? OptionalLong.of(log.write(sql, new Revoked(owner, id))) : OptionalLong.empty();
        });
        if (change.isPresent()) {
            feed.awaitHeard(change.getAsLong());
        }
        return change.isPresent();
    }

    @Override
    public Optional<String> keyMark(String keyName) throws StoreUnavailableException {
        return database.read(sql -> markOf(sql, keyName));
    }

    @Override
    public String keepKeyMark(String keyName, String mark) throws StoreUnavailableException {
        return database.change(sql -> {
            sql.createUpdate("INSERT INTO key_marks (key_name, mark) VALUES (:name, :mark) ON CONFLICT DO NOTHING")
                    .bind("name", keyName)
                    .bind("mark", mark)
                    .execute();
            return markOf(sql, keyName).orElseThrow();
        });
    }

    private static Optional<String> markOf(Handle sql, String keyName) {
        return sql.createQuery("SELECT mark FROM key_marks WHERE key_name = :name")
                .bind("name", keyName)
                .mapTo(String.class)
                .findOne();
    }

    /** One addition to an owner's at a time, so that counting and inserting are one. False: no such person. */
    private boolean lockOwner(Handle sql, AppPassword made) {
        return sql.createQuery("SELECT login_name FROM people WHERE login_name = :owner" + database.rowLock())
                .bind("owner", made.owner().value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private static int countLive(Handle sql, AppPassword made) {
        return sql.createQuery("""
                        SELECT count(*) FROM app_passwords WHERE owner = :owner AND revoked_at IS NULL
                        AND (expires_at IS NULL OR expires_at > :created_at)""")
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
}

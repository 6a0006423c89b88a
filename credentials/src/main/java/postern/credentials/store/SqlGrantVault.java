package postern.credentials.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import postern.credentials.By;
import postern.credentials.Change.GrantChanged;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.grant.Envelope;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantId;
import postern.credentials.grant.GrantSecret;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.GrantUnreadableException;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.NewGrant;
import postern.credentials.grant.OpenGrant;
import postern.credentials.grant.SealedSecret;
import postern.credentials.grant.Trouble;
import postern.credentials.grant.Turn;
import postern.credentials.grant.Turn.NothingToOpen;
import postern.credentials.grant.Turn.Taken;
import postern.credentials.grant.Turn.Yours;
import postern.credentials.store.ChangeWriter.Made;

/**
 * {@link GrantVault} in SQL that SQLite and PostgreSQL both speak. Nothing in clear reaches a statement:
 * secrets are sealed before and opened after.
 *
 * <p>A turn is a lease in the row, not a lock on it. A token request takes seconds, and a transaction
 * that waited for one would hold the only writer SQLite has, and one of PostgreSQL's connections.
 */
public final class SqlGrantVault implements GrantVault {

    private final ChangeWriter changes;
    private final Database database;
    private final AuditedChanges audited;
    private final Envelope envelope;
    private final InstantSource clock;
    private final SecureRandom random;
    private final GrantLeases leases;
    private final GrantRewrap rewrap;

    /**
     * @param lease how long a turn lasts when nobody ends it: longer than a token request may take
     */
    public SqlGrantVault(
            ChangeWriter changes, Envelope envelope, InstantSource clock, SecureRandom random, Duration lease) {
        this.changes = changes;
        this.database = changes.database();
        this.audited = changes.audited();
        this.envelope = envelope;
        this.clock = clock;
        this.random = random;
        this.leases = new GrantLeases(database, clock, lease);
        this.rewrap = new GrantRewrap(database, envelope);
    }

    @Override
    public Grant put(NewGrant given, GrantSecret secret, By by) throws StoreUnavailableException {
        Grant grant = new Grant(
                GrantId.draw(random),
                given.owner(),
                given.upstream(),
                given.givenFor(),
                given.kind(),
                GrantState.WORKING,
                1,
                now(),
                Optional.empty(),
                Optional.empty(),
                stored(given.expiresAt()));
        GrantRow row = new GrantRow(grant, Optional.of(envelope.seal(grant, secret)));
        return changes.make(sql -> {
            sql.createUpdate("""
                        INSERT INTO grants (owner, upstream, given_for, id, kind, state, version, key_id, wrapped_key,
                            sealed_secret, created_at, expires_at)
                        VALUES (:owner, :upstream, :given_for, :id, :kind, :state, :version, :key_id, :wrapped_key,
                            :sealed_secret, :created_at, :expires_at)
                        ON CONFLICT (owner, upstream) DO UPDATE SET given_for = excluded.given_for,
                            id = excluded.id, kind = excluded.kind,
                            state = excluded.state, version = excluded.version, key_id = excluded.key_id,
                            wrapped_key = excluded.wrapped_key, sealed_secret = excluded.sealed_secret,
                            created_at = excluded.created_at, expires_at = excluded.expires_at,
                            refreshed_at = NULL, failed_at = NULL, failure_code = NULL, failure_words = NULL,
                            told_of = NULL,
                            leased_by = NULL, leased_until = NULL""").bindMap(row.columns()).execute();
            return Made.of(grant, new GrantChanged(grant.owner()), audited.given(grant, by));
        });
    }

    @Override
    public Optional<Grant> find(LoginName owner, String upstream) throws StoreUnavailableException {
        return row(owner, upstream).map(GrantRow::grant);
    }

    @Override
    public Optional<OpenGrant> open(LoginName owner, String upstream)
            throws StoreUnavailableException, GrantUnreadableException {
        Optional<GrantRow> row = row(owner, upstream).filter(one -> one.sealed().isPresent());
        return row.isEmpty() ? Optional.empty() : Optional.of(opened(row.get(), Optional.empty()));
    }

    @Override
    public Turn takeTurn(LoginName owner, String upstream) throws StoreUnavailableException, GrantUnreadableException {
        Optional<Instant> free = leases.freeFrom(owner, upstream);
        if (free.isPresent() && !free.get().isAfter(now())) {
            String leasedBy = Long.toHexString(random.nextLong());
            Optional<GrantRow> taken = leases.take(owner, upstream, leasedBy);
            if (taken.isPresent()) {
                return yours(taken.get(), leasedBy);
            }
            free = leases.freeFrom(owner, upstream);
        }
        return free.<Turn>map(Taken::new).orElseGet(NothingToOpen::new);
    }

    private Turn yours(GrantRow taken, String leasedBy) throws StoreUnavailableException, GrantUnreadableException {
        try {
            return new Yours(opened(taken, Optional.of(leasedBy)));
        } catch (GrantUnreadableException e) {
            leases.giveBack(taken.grant(), leasedBy);
            throw e;
        }
    }

    @Override
    public boolean renewed(OpenGrant used, Optional<GrantSecret> rotated, Optional<Instant> expiresAt)
            throws StoreUnavailableException {
        Optional<SealedSecret> next = rotated.map(secret -> envelope.seal(used.grant(), secret));
        return settle(used, row -> {
            Grant renewed = row.grant().renewed(now(), stored(expiresAt));
            return new GrantRow(next.isPresent() ? renewed.rotated() : renewed, next.or(row::sealed));
        });
    }

    @Override
    public boolean failed(OpenGrant used, String code, String words) throws StoreUnavailableException {
        Trouble why = trouble(used, code, words);
        return settle(used, row -> new GrantRow(row.grant().failed(why), row.sealed()));
    }

    @Override
    public boolean refused(OpenGrant used, String code, String words) throws StoreUnavailableException {
        Trouble why = trouble(used, code, words);
        return settle(
                used,
                row -> new GrantRow(row.grant().refused(why), row.sealed()),
                grant -> List.of(audited.refused(grant, why, By.system("token", now()))));
    }

    @Override
    public void release(OpenGrant unused) throws StoreUnavailableException {
        if (unused.lease().isPresent()) {
            leases.giveBack(unused.grant(), unused.lease().get());
        }
    }

    @Override
    public boolean revoke(LoginName owner, String upstream, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            Optional<GrantRow> row = sql.createQuery(
                            "SELECT * FROM grants WHERE owner = :owner AND upstream = :upstream AND state <> 'REVOKED'"
                                    + database.rowLock())
                    .bind("owner", owner.value())
                    .bind("upstream", upstream)
                    .map(GrantRow::read)
                    .findOne();
            row.ifPresent(one -> write(sql, new GrantRow(one.grant().revoked(), Optional.empty())));
            return gone(row.isPresent(), owner, Optional.of(upstream), by);
        });
    }

    @Override
    public boolean delete(LoginName owner, String upstream, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            int deleted = sql.createUpdate("DELETE FROM grants WHERE owner = :owner AND upstream = :upstream")
                    .bind("owner", owner.value())
                    .bind("upstream", upstream)
                    .execute();
            return gone(deleted == 1, owner, Optional.of(upstream), by);
        });
    }

    @Override
    public int erase(LoginName owner, By by) throws StoreUnavailableException {
        return changes.make(sql -> {
            int deleted = sql.createUpdate("DELETE FROM grants WHERE owner = :owner")
                    .bind("owner", owner.value())
                    .execute();
            Made<Boolean> made = gone(deleted > 0, owner, Optional.empty(), by);
            return new Made<>(deleted, made.changes(), made.events());
        });
    }

    /** @param upstream empty: all of them */
    private Made<Boolean> gone(boolean any, LoginName owner, Optional<String> upstream, By by) {
        return any
                ? Made.of(true, new GrantChanged(owner), audited.takenBack(owner, upstream, by))
                : Made.nothing(false);
    }

    @Override
    public List<Grant> of(LoginName owner) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT * FROM grants WHERE owner = :owner ORDER BY upstream")
                .bind("owner", owner.value())
                .map(GrantRow::read)
                .map(GrantRow::grant)
                .list());
    }

    @Override
    public List<Grant> page(Place after, int size) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT * FROM grants WHERE (owner, upstream) > (:owner, :upstream)
                        ORDER BY owner, upstream LIMIT :size""")
                .bind("owner", after.owner())
                .bind("upstream", after.upstream())
                .bind("size", size)
                .map(GrantRow::read)
                .map(GrantRow::grant)
                .list());
    }

    @Override
    public Map<GrantState, Integer> states() throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT state, count(*) AS grants FROM grants GROUP BY state")
                .reduceRows(new EnumMap<>(GrantState.class), (states, row) -> {
                    states.put(
                            GrantState.valueOf(row.getColumn("state", String.class)),
                            row.getColumn("grants", Integer.class));
                    return states;
                }));
    }

    @Override
    public Map<String, Integer> keysInUse() throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT key_id, count(*) AS grants FROM grants
                        WHERE key_id IS NOT NULL GROUP BY key_id""").reduceRows(new TreeMap<>(), (keys, row) -> {
            keys.put(row.getColumn("key_id", String.class), row.getColumn("grants", Integer.class));
            return keys;
        }));
    }

    @Override
    public Rewrap rewrap() throws StoreUnavailableException {
        return rewrap.all();
    }

    private Optional<GrantRow> row(LoginName owner, String upstream) throws StoreUnavailableException {
        return database.read(
                sql -> sql.createQuery("SELECT * FROM grants WHERE owner = :owner AND upstream = :upstream")
                        .bind("owner", owner.value())
                        .bind("upstream", upstream)
                        .map(GrantRow::read)
                        .findOne());
    }

    private OpenGrant opened(GrantRow row, Optional<String> leasedBy) throws GrantUnreadableException {
        GrantSecret secret = envelope.open(row.grant(), row.sealed().orElseThrow());
        return new OpenGrant(row.grant(), secret, leasedBy);
    }

    /** Ends the turn in any case, and writes what came of it unless another secret is there by now. */
    private boolean settle(OpenGrant used, UnaryOperator<GrantRow> outcome) throws StoreUnavailableException {
        return settle(used, outcome, _ -> List.of());
    }

    /** @param events to be told of the grant as it was, if it is written */
    private boolean settle(OpenGrant used, UnaryOperator<GrantRow> outcome, Function<Grant, List<AuditEvent>> events)
            throws StoreUnavailableException {
        return changes.make(sql -> {
            used.lease().ifPresent(leasedBy -> GrantLeases.giveBack(sql, used.grant(), leasedBy));
            Optional<GrantRow> row = sql.createQuery(
                            "SELECT * FROM grants WHERE id = :id AND version = :version" + database.rowLock())
                    .bind("id", used.grant().id().value())
                    .bind("version", used.grant().version())
                    .map(GrantRow::read)
                    .findOne();
            row.map(outcome).map(rewrap::underActiveKey).ifPresent(next -> write(sql, next));
            return new Made<>(
                    row.isPresent(),
                    List.of(),
                    row.map(GrantRow::grant).map(events).orElse(List.of()));
        });
    }

    private static void write(Handle sql, GrantRow row) {
        sql.createUpdate("""
                        UPDATE grants SET state = :state, version = :version, key_id = :key_id,
                            wrapped_key = :wrapped_key, sealed_secret = :sealed_secret, refreshed_at = :refreshed_at,
                            expires_at = :expires_at, failed_at = :failed_at, failure_code = :failure_code,
                            failure_words = :failure_words
                        WHERE id = :id""").bindMap(row.columns()).execute();
    }

    private Trouble trouble(OpenGrant used, String code, String words) {
        GrantSecret sent = used.secret();
        return new Trouble(sent.struckFrom(code), sent.struckFrom(words), now());
    }

    /** As the store can keep it: what is handed out and what is found later are equal. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<Instant> stored(Optional<Instant> at) {
        return at.map(one -> one.truncatedTo(ChronoUnit.MILLIS));
    }
}

package postern.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import postern.credentials.Actor;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.Pseudonym;
import postern.credentials.audit.Withheld;

/**
 * What is no longer kept: persons who want to be forgotten, addresses after a while, and the oldest
 * entries. Each is told of by an event of its own, without which verification takes it for a theft.
 *
 * <p>All is done in steps of {@link #BATCH} rows, so that no writer waits for long, and may be done
 * again: what was cut short is finished then.
 */
public final class AuditUpkeep {

    static final int BATCH = 1000;

    private final Database database;
    private final AuditChain chain;
    private final InstantSource clock;
    private final RandomGenerator random;

    public AuditUpkeep(SqlAuditTrail trail, InstantSource clock, RandomGenerator random) {
        this.database = trail.database();
        this.chain = trail.chain();
        this.clock = clock;
        this.random = random;
    }

    /** What is due, for whoever runs this now and then. */
    public void keep(Duration entries, Duration addresses) throws StoreUnavailableException {
        finishErasures();
        removeAddresses(clock.instant().minus(addresses));
        prune(clock.instant().minus(entries));
    }

    /**
     * Erases a person. When it returns, no row has their name, where they were, or what was noted of
     * them. An event that comes later starts a new pseudonym.
     *
     * @return false when nothing was known of them
     */
    public boolean erase(LoginName person, Actor by) throws StoreUnavailableException {
        Optional<Pseudonym> forgotten = database.change(sql -> forget(sql, person, by));
        if (forgotten.isPresent()) {
            wipe(forgotten.get().value());
        }
        return forgotten.isPresent();
    }

    /**
     * The part of {@link #erase} that joins the transaction of a greater erasure: from its commit on,
     * nothing leads to the person's entries. {@link #finishErasures} is to follow.
     */
    Optional<Pseudonym> forget(Handle sql, LoginName person, Actor by) {
        chain.lock(sql); // before the row of the name, like everybody
        Optional<Pseudonym> known = AuditChain.pseudonym(sql, person.toString());
        if (known.isPresent()) {
            chain.append(sql, List.of(Withheld.erasure(by, clock.instant(), random)), known);
            sql.createUpdate("DELETE FROM audit_subjects WHERE pseudonym = :one")
                    .bind("one", known.get().value())
                    .execute();
        }
        return known;
    }

    /** Wipes what belongs to those who were erased, wherever that was cut short. */
    public void finishErasures() throws StoreUnavailableException {
        List<String> erased = database.read(sql -> sql.createQuery("""
                        SELECT subject FROM audit_events WHERE kind = :kind AND subject IS NOT NULL""")
                .bind("kind", AuditKind.USER_ERASED.toString())
                .mapTo(String.class)
                .list());
        for (String one : erased) {
            wipe(one);
        }
    }

    private void wipe(String pseudonym) throws StoreUnavailableException {
        inBatches("""
                UPDATE audit_events
                SET personal = NULL, personal_salt = NULL, address = NULL, address_salt = NULL
                WHERE sequence IN (
                    SELECT sequence FROM audit_events
                    WHERE subject = :what AND (personal IS NOT NULL OR address IS NOT NULL) LIMIT :batch)""", pseudonym);
        inBatches("""
                UPDATE audit_events
                SET actor_name = NULL, actor_salt = NULL, address = NULL, address_salt = NULL
                WHERE sequence IN (
                    SELECT sequence FROM audit_events
                    WHERE actor = :what AND (actor_name IS NOT NULL OR address IS NOT NULL) LIMIT :batch)""", pseudonym);
    }

    /** Removes addresses from what happened before. The event comes first: what it allows is done then. */
    public void removeAddresses(Instant before) throws StoreUnavailableException {
        boolean due = database.change(sql -> {
            boolean some = sql.createQuery("""
                            SELECT EXISTS (SELECT 1 FROM audit_events
                            WHERE happened_at < :before AND address IS NOT NULL)""")
                    .bind("before", before.toEpochMilli())
                    .mapTo(Boolean.class)
                    .one();
            if (some) {
                chain.append(sql, List.of(Withheld.addresses(before, clock.instant(), random)));
            }
            return some;
        });
        if (due) {
            inBatches("""
                    UPDATE audit_events SET address = NULL, address_salt = NULL
                    WHERE sequence IN (
                        SELECT sequence FROM audit_events
                        WHERE happened_at < :what AND address IS NOT NULL LIMIT :batch)""", before.toEpochMilli());
        }
    }

    private void inBatches(String update, Object what) throws StoreUnavailableException {
        int done = BATCH;
        while (done == BATCH) {
            done = database.change(sql -> sql.createUpdate(update)
                    .bind("what", what)
                    .bind("batch", BATCH)
                    .execute());
        }
    }

    /**
     * Deletes the oldest entries, as far as all of them happened before. The chain then begins later,
     * at a digest that it still knows.
     *
     * @return how many
     */
    public long prune(Instant before) throws StoreUnavailableException {
        long pruned = 0;
        int done = BATCH;
        while (done == BATCH) {
            done = database.change(sql -> pruneBatch(sql, before));
            pruned += done;
        }
        return pruned;
    }

    private int pruneBatch(Handle sql, Instant before) {
        chain.lock(sql);
        List<AuditEntry> oldest = sql
                .createQuery("SELECT * FROM audit_events ORDER BY sequence LIMIT :batch")
                .bind("batch", BATCH)
                .map(AuditRows::entry)
                .stream()
                .takeWhile(entry -> entry.at() < before.toEpochMilli())
                .toList();
        if (!oldest.isEmpty()) {
            AuditEntry last = oldest.getLast();
            sql.createUpdate("DELETE FROM audit_events WHERE sequence <= :last")
                    .bind("last", last.sequence())
                    .execute();
            sql.createUpdate("UPDATE audit_chain SET pruned_sequence = :sequence, pruned_digest = :digest")
                    .bind("sequence", last.sequence())
                    .bind("digest", last.digest())
                    .execute();
            forgetUnused(sql, oldest);
            chain.append(sql, List.of(Withheld.oldest(last, clock.instant(), random)));
        }
        return oldest.size();
    }

    /** Names that no entry is about any more, those that guessers invented among them. */
    private static void forgetUnused(Handle sql, List<AuditEntry> deleted) {
        Set<String> pseudonyms = new TreeSet<>();
        deleted.forEach(entry -> {
            entry.subject().ifPresent(pseudonyms::add);
            entry.actor().ifPresent(pseudonyms::add);
        });
        if (!pseudonyms.isEmpty()) {
            sql.createUpdate("""
                            DELETE FROM audit_subjects WHERE pseudonym IN (<pseudonyms>)
                            AND NOT EXISTS (SELECT 1 FROM audit_events WHERE subject = pseudonym)
                            AND NOT EXISTS (SELECT 1 FROM audit_events WHERE actor = pseudonym)""").bindList("pseudonyms", pseudonyms).execute();
        }
    }
}

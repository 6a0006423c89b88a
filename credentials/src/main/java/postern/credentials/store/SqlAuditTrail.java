package postern.credentials.store;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditEventId;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditHistory;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditTrail;
import postern.credentials.audit.Pseudonym;

/** {@link AuditTrail} and {@link AuditHistory} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlAuditTrail implements AuditTrail, AuditHistory {

    private final Database database;
    private final AuditChain chain;

    /**
     * @param node that tells of the events
     * @param lines take each entry as a line of JSON once it is committed
     */
    public SqlAuditTrail(Database database, String node, SecureRandom random, Consumer<List<String>> lines) {
        this.database = database;
        this.chain = new AuditChain(database, node, random, lines);
    }

    Database database() {
        return database;
    }

    AuditChain chain() {
        return chain;
    }

    /**
     * Joins the transaction of the change that the events tell of: both are there or neither is. It
     * stands before {@link ChangeLog#write}, in every transaction: who takes two locks takes them in
     * one order.
     */
    void append(Handle sql, List<AuditEvent> events) {
        chain.append(sql, events);
    }

    @Override
    public void append(List<AuditEvent> events) throws StoreUnavailableException {
        database.change(sql -> {
            chain.lock(sql);
            Set<String> there = new HashSet<>(alreadyThere(sql, events));
            chain.append(
                    sql,
                    events.stream()
                            .filter(event -> there.add(event.id().value()))
                            .toList());
            return null;
        });
    }

    private static Set<String> alreadyThere(Handle sql, List<AuditEvent> events) {
        return events.isEmpty()
                ? Set.of()
                : Set.copyOf(sql.createQuery("SELECT event_id FROM audit_events WHERE event_id IN (<ids>)")
                        .bindList(
                                "ids", events.stream().map(e -> e.id().value()).toList())
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public List<AuditEntry> after(long sequence, AuditFilter filter, int limit) throws StoreUnavailableException {
        return page("sequence > :sequence", "ORDER BY sequence", sequence, filter, limit);
    }

    @Override
    public List<AuditEntry> before(long sequence, AuditFilter filter, int limit) throws StoreUnavailableException {
        return page("sequence < :sequence", "ORDER BY sequence DESC", sequence, filter, limit);
    }

    private List<AuditEntry> page(String side, String order, long sequence, AuditFilter filter, int limit)
            throws StoreUnavailableException {
        Conditions conditions = conditions(filter).and(side, "sequence", sequence);
        return database.read(sql -> {
            Query query = conditions.bind(select(sql, conditions.where() + " " + order, limit));
            if (!filter.kinds().isEmpty()) {
                query.bindList(
                        "kinds",
                        filter.kinds().stream().map(AuditKind::toString).toList());
            }
            return query.map(AuditRows::entry).list();
        });
    }

    private static Conditions conditions(AuditFilter filter) {
        Conditions conditions = new Conditions();
        filter.subject()
                .ifPresent(name -> conditions.and(
                        "subject = (SELECT pseudonym FROM audit_subjects WHERE login_name = :subject)",
                        "subject",
                        name.toString()));
        filter.actor().ifPresent(one -> conditions.and("""
                        (token = :actor OR actor = (SELECT pseudonym FROM audit_subjects WHERE login_name = :actor))""", "actor", one));
        filter.appPassword()
                .ifPresent(id -> conditions.and("app_password = :app_password", "app_password", id.value()));
        filter.from().ifPresent(at -> conditions.and("happened_at >= :from", "from", at.toEpochMilli()));
        filter.until().ifPresent(at -> conditions.and("happened_at < :until", "until", at.toEpochMilli()));
        return filter.kinds().isEmpty() ? conditions : conditions.and("kind IN (<kinds>)");
    }

    @Override
    public OptionalLong sequenceOf(AuditEventId event) throws StoreUnavailableException {
        return database.read(sql -> sql
                .createQuery("SELECT sequence FROM audit_events WHERE event_id = :id")
                .bind("id", event.value())
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst());
    }

    private static Query select(Handle sql, String conditions, int limit) {
        return sql.createQuery("SELECT * FROM audit_events" + conditions + " LIMIT :limit")
                .bind("limit", Math.min(limit, MOST));
    }

    @Override
    public List<AuditEntry> of(LoginName person, long after, int limit) throws StoreUnavailableException {
        return database.read(sql -> {
            Optional<Pseudonym> known = AuditChain.pseudonym(sql, person.toString());
            return known.map(one -> select(
                                    sql,
                                    " WHERE sequence > :after AND (subject = :one OR actor = :one) ORDER BY sequence",
                                    limit)
                            .bind("after", after)
                            .bind("one", one.value())
                            .map(AuditRows::entry)
                            .map(entry -> entry.asSeenBy(one.value()))
                            .list())
                    .orElseGet(List::of);
        });
    }

    @Override
    public Ends ends() throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT audit_chain.*, (SELECT max(sequence) FROM audit_events) AS greatest FROM audit_chain""")
                .map((row, _) -> new Ends(
                        row.getLong("pruned_sequence"),
                        row.getString("pruned_digest"),
                        row.getLong("last_sequence"),
                        row.getString("last_digest"),
                        row.getLong("greatest")))
                .one());
    }
}

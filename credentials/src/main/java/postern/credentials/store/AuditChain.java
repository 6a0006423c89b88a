package postern.credentials.store;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.LoginName;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.JsonLine;
import postern.credentials.audit.Pseudonym;

/**
 * Puts events behind the last one, within somebody's transaction. The row that knows the last one
 * stays locked until the commit: two nodes never stand on the same digest, and a rollback leaves no
 * gap.
 */
final class AuditChain {

    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);

    private final Database database;
    private final String node;
    private final SecureRandom random;
    private final Consumer<List<String>> lines;

    AuditChain(Database database, String node, SecureRandom random, Consumer<List<String>> lines) {
        this.database = database;
        this.node = node;
        this.random = random;
        this.lines = lines;
    }

    /** The end of the chain. */
    record End(long sequence, String digest) {}

    /** From here to the commit, no other appends, prunes or erases. */
    End lock(Handle sql) {
        return sql.createQuery("SELECT last_sequence, last_digest FROM audit_chain" + database.rowLock())
                .map((row, _) -> new End(row.getLong("last_sequence"), row.getString("last_digest")))
                .one();
    }

    void append(Handle sql, List<AuditEvent> events) {
        append(sql, events, Optional.empty());
    }

    /**
     * @param subject of one that must not name whom it is about
     */
    void append(Handle sql, List<AuditEvent> events, Optional<Pseudonym> subject) {
        if (events.isEmpty()) {
            return;
        }
        End end = lock(sql);
        Map<String, Pseudonym> known = pseudonyms(sql, events, subject);
        List<AuditEntry> entries = new ArrayList<>();
        for (AuditEvent event : events) {
            AuditEntry entry = AuditEntry.of(
                    event,
                    subject.or(() -> event.subject().map(LoginName::toString).map(known::get)),
                    event.actor().human().map(known::get),
                    node,
                    end.sequence() + 1,
                    end.digest(),
                    random);
            entries.add(entry);
            end = new End(entry.sequence(), entry.digest());
        }
        insert(sql, entries);
        sql.createUpdate("UPDATE audit_chain SET last_sequence = :sequence, last_digest = :digest")
                .bind("sequence", end.sequence())
                .bind("digest", end.digest())
                .execute();
        sql.afterCommit(() -> tell(entries));
    }

    /**
     * Of all that they name. Each is drawn at the first event of its name since the name was erased, if it ever
     * was; nobody else draws one, since the chain is locked.
     */
    private Map<String, Pseudonym> pseudonyms(Handle sql, List<AuditEvent> events, Optional<Pseudonym> subject) {
        Set<String> names = new LinkedHashSet<>();
        for (AuditEvent event : events) {
            if (subject.isEmpty()) {
                event.subject().map(LoginName::toString).ifPresent(names::add);
            }
            event.actor().human().ifPresent(names::add);
        }
        Map<String, Pseudonym> known = new HashMap<>();
        if (!names.isEmpty()) {
            sql.createQuery("SELECT login_name, pseudonym FROM audit_subjects WHERE login_name IN (<names>)")
                    .bindList("names", names)
                    .map((row, _) -> known.put(row.getString("login_name"), new Pseudonym(row.getString("pseudonym"))))
                    .list();
        }
        names.removeAll(known.keySet());
        draw(sql, names, known);
        return known;
    }

    private void draw(Handle sql, Set<String> names, Map<String, Pseudonym> known) {
        PreparedBatch rows =
                sql.prepareBatch("INSERT INTO audit_subjects (login_name, pseudonym) VALUES (:name, :pseudonym)");
        for (String name : names) {
            Pseudonym drawn = Pseudonym.draw(random);
            known.put(name, drawn);
            rows.bind("name", name).bind("pseudonym", drawn.value()).add();
        }
        rows.execute();
    }

    static Optional<Pseudonym> pseudonym(Handle sql, String name) {
        return sql.createQuery("SELECT pseudonym FROM audit_subjects WHERE login_name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .map(Pseudonym::new);
    }

    private static void insert(Handle sql, List<AuditEntry> entries) {
        PreparedBatch rows = sql.prepareBatch("""
                INSERT INTO audit_events (sequence, event_id, happened_at, kind, subject, actor,
                    app_password, token, reason, times, chained, digest, personal, personal_salt, actor_name, actor_salt, address, address_salt)
                VALUES (:sequence, :event_id, :happened_at, :kind, :subject, :actor,
                    :app_password, :token, :reason, :times, :chained, :digest, :personal, :personal_salt, :actor_name, :actor_salt, :address, :address_salt)""");
        entries.forEach(entry -> rows.add(AuditRows.columns(entry)));
        rows.execute();
    }

    /** What is committed has happened, whether or not it can be told. */
    private void tell(List<AuditEntry> entries) {
        try {
            lines.accept(entries.stream().map(JsonLine::of).toList());
        } catch (RuntimeException bug) {
            LOG.error("audit lines could not be told; the events stand", bug);
        }
    }
}

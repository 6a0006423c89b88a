package postern.credentials.store;

import static postern.credentials.SampleLogins.MONDAY;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditVerification;

/** A trail in a real database, its upkeep, a clock to be moved, and a hand to tamper with. */
abstract class AuditStage {

    static final SecureRandom RANDOM = new SecureRandom();

    final Database database;
    final SqlAuditTrail trail;
    final AuditUpkeep upkeep;
    final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile Instant now = MONDAY;

    /**
     * @param database a new and empty one; closed after the test
     */
    AuditStage(Database database) {
        this.database = database;
        this.trail = new SqlAuditTrail(database, "node-1", RANDOM, lines::addAll);
        this.upkeep = new AuditUpkeep(trail, () -> now, RANDOM);
    }

    @AfterEach
    void close() {
        database.close();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    AuditVerification.Result verified() throws StoreUnavailableException {
        return new AuditVerification(trail).run();
    }

    List<AuditEntry> all() throws StoreUnavailableException {
        return trail.after(0, AuditFilter.ALL, 1000);
    }

    void sql(String... statements) throws StoreUnavailableException {
        database.change(sql -> {
            for (String statement : statements) {
                sql.execute(statement);
            }
            return null;
        });
    }

    /** Every value in every column of every table of ours. */
    String everything() throws StoreUnavailableException {
        return database.read(sql -> {
            StringBuilder all = new StringBuilder();
            for (String table : List.of("audit_events", "audit_subjects", "audit_chain")) {
                all.append(sql.createQuery("SELECT * FROM " + table).mapToMap().list());
            }
            return all.toString();
        });
    }
}

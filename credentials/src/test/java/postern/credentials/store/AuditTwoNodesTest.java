package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.audit.SampleEvents.HELP_DESK;
import static postern.credentials.audit.SampleEvents.aMonday;
import static postern.credentials.audit.SampleEvents.renamed;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Change.Revoked;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Intact;

/** E-01: one chain, whoever writes to it. Two nodes on one PostgreSQL. */
class AuditTwoNodesTest {

    private static final int THREADS = 8;
    private static final int EACH = 50;

    private final Database here;
    private final Database there;

    AuditTwoNodesTest() throws StoreUnavailableException {
        String url = SamplePostgres.url();
        this.here = SamplePostgres.open(url);
        this.there = SamplePostgres.open(url);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void howeverManyAppendAtOnceThereIsOneChain() throws Exception {
        SqlAuditTrail ours = trail(here, "node-1");
        SqlAuditTrail theirs = trail(there, "node-2");
        allAtOnce(i -> {
            (i % 2 == 0 ? ours : theirs).append(aMonday());
        });

        assertThat(new AuditVerification(ours).run())
                .isInstanceOfSatisfying(
                        Intact.class, intact -> assertThat(intact.count()).isEqualTo(THREADS * EACH * 4L));
    }

    /** Those who change something, those who erase, and those who only tell never wait for one another in a ring. */
    @Test
    void changesErasuresAndLoginsHaveOneOrderOfLocks() throws Exception {
        SqlAuditTrail ours = trail(here, "node-1");
        AuditUpkeep upkeep = new AuditUpkeep(trail(there, "node-2"), InstantSource.system(), new SecureRandom());
        ChangeLog changes = new ChangeLog(here, () -> MONDAY);
        allAtOnce(i -> {
            switch (i % 3) {
                case 0 -> ours.append(aMonday());
                case 1 -> upkeep.erase(ADA, HELP_DESK);
                default ->
                    here.change(sql -> {
                        ours.append(sql, List.of(renamed()));
                        return changes.write(sql, List.of(new Revoked(ADA, SCANNER_ID)));
                    });
            }
        });

        assertThat(new AuditVerification(ours).run()).isInstanceOf(Intact.class);
    }

    private interface Act {
        void at(int i) throws Exception;
    }

    private static void allAtOnce(Act act) throws Exception {
        List<Callable<Void>> acts = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            acts.add(() -> {
                for (int i = 0; i < EACH; i++) {
                    act.at(first + i);
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Void> done : threads.invokeAll(acts)) {
                done.get();
            }
        }
    }

    private static SqlAuditTrail trail(Database database, String node) {
        return new SqlAuditTrail(database, node, new SecureRandom(), _ -> {});
    }
}

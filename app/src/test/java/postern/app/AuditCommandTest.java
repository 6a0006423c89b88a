package postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.audit.SampleEvents;
import postern.credentials.store.Database;
import postern.credentials.store.SqlAuditTrail;
import postern.credentials.store.SqliteDatabase;

/** E-03: what an operator needs of the trail. */
class AuditCommandTest {

    private final Path folder;
    private final HostCommands host;

    AuditCommandTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.host = new HostCommands(folder);
    }

    @BeforeEach
    void aMondayHasPassed() throws Exception {
        try (Database database = SqliteDatabase.open(folder.resolve("postern.db"))) {
            new SqlAuditTrail(database, "node-1", new SecureRandom(), _ -> {}).append(SampleEvents.aMonday());
        }
    }

    @Test
    void aTrailAsItWasWrittenIsIntact() throws Exception {
        assertThat(execute("verify")).isZero();
        assertThat(host.said()).matches("intact: 4 events, from 1 to 4, last digest [0-9a-f]{64}\n");
    }

    @Test
    void aTrailThatWasAlteredIsBrokenAndTheExitCodeSaysSo() throws Exception {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("postern.db"));
                Statement statement = sql.createStatement()) {
            statement.execute("UPDATE audit_events SET address = '192.0.2.99' WHERE sequence = 3");
        }

        assertThat(execute("verify")).isEqualTo(1);
        assertThat(host.said()).isEqualTo("broken at event 3: address: another (expected: what is committed to)\n");
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() throws Exception {
        Files.delete(folder.resolve("postern.db"));

        assertThat(execute("verify")).isEqualTo(1);
        assertThat(host.complained()).startsWith(folder.resolve("postern.db") + ": is not there");
        assertThat(folder.resolve("postern.db")).doesNotExist();
    }

    private int execute(String command, String... more) {
        return host.execute("audit " + command, more);
    }
}

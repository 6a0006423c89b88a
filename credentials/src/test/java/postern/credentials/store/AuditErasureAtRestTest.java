package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.audit.SampleEvents.HELP_DESK;
import static postern.credentials.audit.SampleEvents.aMonday;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.SampleLogins;
import postern.credentials.StoreUnavailableException;

class AuditErasureAtRestTest extends AuditStage {

    private final Path file;

    AuditErasureAtRestTest(@TempDir Path folder) throws StoreUnavailableException {
        this.file = folder.resolve("postern.db");
        super(SqliteDatabase.open(folder.resolve("postern.db")));
    }

    /** G: SQLite leaves deleted bytes where they were until it is told to tidy up. */
    @Test
    void afterAVacuumNoByteOfTheFileNamesWhoWasErased() throws Exception {
        trail.append(aMonday());
        upkeep.erase(SampleLogins.ADA, HELP_DESK);
        database.read(sql -> {
            sql.execute("VACUUM");
            return sql.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        });

        try (var files = Files.list(file.getParent())) {
            for (Path one : files.toList()) {
                assertThat(Files.readString(one, StandardCharsets.ISO_8859_1))
                        .doesNotContain("ada@example", "Ada's", "2nd floor");
            }
        }
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("bob@example");
    }
}

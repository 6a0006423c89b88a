package postern.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditKind;
import postern.credentials.store.Database;
import postern.credentials.store.SqlAuditTrail;
import postern.credentials.store.SqliteDatabase;

/** What the data in a folder tell of one kind. */
final class StoredTrail {

    private static final int MANY = 100;

    private StoredTrail() {}

    static List<AuditEntry> of(Path folder, AuditKind kind) throws StoreUnavailableException {
        try (Database database = SqliteDatabase.open(folder.resolve("postern.db"))) {
            return new SqlAuditTrail(database, "node", new SecureRandom(), _ -> {})
                    .after(0, AuditFilter.of(kind), MANY);
        }
    }
}

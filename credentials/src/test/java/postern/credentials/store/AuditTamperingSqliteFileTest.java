package postern.credentials.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.StoreUnavailableException;

class AuditTamperingSqliteFileTest extends AuditTamperingContract {

    AuditTamperingSqliteFileTest(@TempDir Path folder) throws StoreUnavailableException {
        super(SqliteDatabase.open(folder.resolve("postern.db")));
    }
}

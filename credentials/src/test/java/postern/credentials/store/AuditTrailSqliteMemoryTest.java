package postern.credentials.store;

import postern.credentials.StoreUnavailableException;

class AuditTrailSqliteMemoryTest extends AuditTrailContract {

    AuditTrailSqliteMemoryTest() throws StoreUnavailableException {
        super(SqliteDatabase.inMemory());
    }
}

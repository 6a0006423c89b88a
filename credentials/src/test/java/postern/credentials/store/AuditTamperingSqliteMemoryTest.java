package postern.credentials.store;

import postern.credentials.StoreUnavailableException;

class AuditTamperingSqliteMemoryTest extends AuditTamperingContract {

    AuditTamperingSqliteMemoryTest() throws StoreUnavailableException {
        super(SqliteDatabase.inMemory());
    }
}

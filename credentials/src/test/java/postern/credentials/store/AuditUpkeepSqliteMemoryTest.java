package postern.credentials.store;

import postern.credentials.StoreUnavailableException;

class AuditUpkeepSqliteMemoryTest extends AuditUpkeepContract {

    AuditUpkeepSqliteMemoryTest() throws StoreUnavailableException {
        super(SqliteDatabase.inMemory());
    }
}

package postern.credentials.store;

import postern.credentials.StoreUnavailableException;

class AuditUpkeepPostgresTest extends AuditUpkeepContract {

    AuditUpkeepPostgresTest() throws StoreUnavailableException {
        super(SamplePostgres.open(SamplePostgres.url()));
    }
}

package postern.credentials.store;

import postern.credentials.StoreUnavailableException;

class AuditTamperingPostgresTest extends AuditTamperingContract {

    AuditTamperingPostgresTest() throws StoreUnavailableException {
        super(SamplePostgres.open(SamplePostgres.url()));
    }
}

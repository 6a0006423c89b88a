package postern.credentials.store;

import postern.credentials.StoreUnavailableException;

class AuditTrailPostgresTest extends AuditTrailContract {

    AuditTrailPostgresTest() throws StoreUnavailableException {
        super(SamplePostgres.open(SamplePostgres.url()));
    }
}

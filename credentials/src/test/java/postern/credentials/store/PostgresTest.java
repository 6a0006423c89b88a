package postern.credentials.store;

import postern.credentials.CredentialStoreContract;
import postern.credentials.StoreUnavailableException;

class PostgresTest extends CredentialStoreContract {

    PostgresTest() throws StoreUnavailableException {
        super(SamplePostgres.open(SamplePostgres.url()));
    }
}

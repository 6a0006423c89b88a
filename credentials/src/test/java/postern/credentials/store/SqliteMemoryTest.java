package postern.credentials.store;

import postern.credentials.CredentialStoreContract;
import postern.credentials.StoreUnavailableException;

class SqliteMemoryTest extends CredentialStoreContract {

    SqliteMemoryTest() throws StoreUnavailableException {
        super(SqliteDatabase.inMemory());
    }
}

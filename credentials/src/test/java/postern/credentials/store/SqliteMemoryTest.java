package postern.credentials.store;

import org.junit.jupiter.api.AfterEach;
import postern.credentials.CredentialStoreContract;
import postern.credentials.StoreUnavailableException;

class SqliteMemoryTest extends CredentialStoreContract {

    private final SqliteDatabase database;

    SqliteMemoryTest() throws StoreUnavailableException {
        SqliteDatabase opened = SqliteDatabase.inMemory();
        this.database = opened;
        super(new SqlCredentialStore(opened));
    }

    @AfterEach
    void close() {
        database.close();
    }
}

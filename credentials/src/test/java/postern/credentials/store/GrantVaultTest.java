package postern.credentials.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.StoreUnavailableException;

class GrantVaultTest {

    @Nested
    class InMemory extends GrantVaultContract {

        InMemory() throws StoreUnavailableException {
            super(SqliteDatabase.inMemory());
        }
    }

    @Nested
    class InAFile extends GrantVaultContract {

        InAFile(@TempDir Path folder) throws StoreUnavailableException {
            super(SqliteDatabase.open(folder.resolve("postern.db")));
        }
    }

    @Nested
    class InPostgres extends GrantVaultContract {

        InPostgres() throws StoreUnavailableException {
            super(SamplePostgres.open(SamplePostgres.url()));
        }
    }
}
